package com.cloudnestle.marketplace.gateway.razorpay.internal;

/** The configuration of an account cannot be used; the message says all that is wrong with it, by keys. */
final class ConfigurationMistake extends Exception {

    private static final long serialVersionUID = 1L;

    ConfigurationMistake(String message) {
        super(message);
    }
}
