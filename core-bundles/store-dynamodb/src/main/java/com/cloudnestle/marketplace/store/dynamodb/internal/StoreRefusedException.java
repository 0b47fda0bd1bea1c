package com.cloudnestle.marketplace.store.dynamodb.internal;

/** The store does not start. The message is for the operator: what is wrong and what to set. */
final class StoreRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    StoreRefusedException(String message) {
        super(message);
    }

    StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
