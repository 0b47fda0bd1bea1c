package com.cloudnestle.marketplace.gateway.phonepe.server;

/** A buyer's standing consent. Changed only by the {@link Book} that holds it. */
final class Mandate {

    final String merchantSubscriptionId;
    final String subscriptionId;
    final long maxAmount;
    final String frequency;
    final String amountType;
    final long expireAt;
    String state = "ACTIVATION_IN_PROGRESS";

    Mandate(String merchantSubscriptionId, String subscriptionId, long maxAmount, String frequency, String amountType, long expireAt) {
        this.merchantSubscriptionId = merchantSubscriptionId;
        this.subscriptionId = subscriptionId;
        this.maxAmount = maxAmount;
        this.frequency = frequency;
        this.amountType = amountType;
        this.expireAt = expireAt;
    }
}
