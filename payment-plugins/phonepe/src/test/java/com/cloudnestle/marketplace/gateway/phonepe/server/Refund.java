package com.cloudnestle.marketplace.gateway.phonepe.server;

/** Money that goes back. Changed only by the {@link Book} that holds it. */
final class Refund {

    final String merchantRefundId;
    final String refundId;
    final Order order;
    final long amount;
    String state = "PENDING";
    String errorCode = "";
    long timestamp;

    Refund(String merchantRefundId, String refundId, Order order, long amount, long timestamp) {
        this.merchantRefundId = merchantRefundId;
        this.refundId = refundId;
        this.order = order;
        this.amount = amount;
        this.timestamp = timestamp;
    }
}
