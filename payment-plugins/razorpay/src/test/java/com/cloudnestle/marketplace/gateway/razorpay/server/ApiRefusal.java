package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as Razorpay answers it. */
final class ApiRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;
    final transient ObjectNode body;

    private ApiRefusal(int status, String code, String description, String source, String reason) {
        super(description, null, false, false);
        this.status = status;
        body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("description", description).put("source", source).put("step", "NA")
                .put("reason", reason).putObject("metadata");
    }

    static ApiRefusal bad(String description) {
        return new ApiRefusal(400, "BAD_REQUEST_ERROR", description, "business", "input_validation_failed");
    }

    static ApiRefusal bad(String field, String description) {
        ApiRefusal refusal = bad(description);
        ((ObjectNode) refusal.body.get("error")).put("field", field);
        return refusal;
    }

    /** Razorpay says 400 to keys that it does not know. */
    static ApiRefusal unknownId() {
        return new ApiRefusal(400, "BAD_REQUEST_ERROR", "The id provided does not exist", "business", "input_validation_failed");
    }

    static ApiRefusal unauthorized() {
        return new ApiRefusal(401, "BAD_REQUEST_ERROR", "Authentication failed", "NA", "NA");
    }

    static ApiRefusal conflict(String description) {
        return new ApiRefusal(409, "BAD_REQUEST_ERROR", description, "business", "NA");
    }

    static ApiRefusal tooMany() {
        return new ApiRefusal(429, "BAD_REQUEST_ERROR", "Too many requests", "NA", "NA");
    }

    static ApiRefusal noSuchAddress() {
        return new ApiRefusal(404, "BAD_REQUEST_ERROR", "The requested URL was not found on the server.", "NA", "NA");
    }
}
