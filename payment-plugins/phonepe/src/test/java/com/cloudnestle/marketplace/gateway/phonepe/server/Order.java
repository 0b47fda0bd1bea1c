package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A payment at the provider. Changed only by the {@link Book} that holds it. */
final class Order {

    final String merchantOrderId;
    final String orderId;
    final String token;
    final long asked;
    final long expireAt;
    final String redirectUrl;
    final ObjectNode metaInfo;
    /** Of the mandate that this order sets up or collects by. */
    final Optional<String> mandate;
    final boolean oldApi;
    final List<Attempt> attempts = new ArrayList<>();
    String state = "PENDING";
    String errorCode = "";
    String detailedErrorCode = "";
    long amount;
    String currency = "";
    /** When the buyer was told of it; only of charges by mandate. */
    long notifiedAt;
    boolean forgotten;

    /** One try of the buyer. */
    record Attempt(String transactionId, String mode, long timestamp, String state, String errorCode, String detailedErrorCode) {}

    Order(String merchantOrderId, String orderId, String token, long amount, long expireAt, String redirectUrl, ObjectNode metaInfo,
            Optional<String> mandate, boolean oldApi) {
        this.merchantOrderId = merchantOrderId;
        this.orderId = orderId;
        this.token = token;
        this.asked = amount;
        this.amount = amount;
        this.expireAt = expireAt;
        this.redirectUrl = redirectUrl;
        this.metaInfo = metaInfo;
        this.mandate = mandate;
        this.oldApi = oldApi;
    }

    boolean open() {
        return state.equals("PENDING");
    }

    boolean completed() {
        return state.equals("COMPLETED");
    }
}
