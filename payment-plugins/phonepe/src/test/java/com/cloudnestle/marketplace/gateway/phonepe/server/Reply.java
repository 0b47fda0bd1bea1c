package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An answer before it is written. */
record Reply(int status, String type, String body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    static Reply json(int status, JsonNode body) {
        return new Reply(status, JSON, body.toString(), Map.of());
    }

    static Reply ok(JsonNode body) {
        return json(200, body);
    }

    static Reply html(int status, String body) {
        return new Reply(status, "text/html; charset=utf-8", body, Map.of());
    }

    static Reply script(String body) {
        return new Reply(200, "text/javascript; charset=utf-8", body, Map.of());
    }

    static Reply text(int status, String body) {
        return new Reply(status, "text/plain", body, Map.of());
    }

    static Reply none(int status) {
        return new Reply(status, "", "", Map.of());
    }

    static Reply to(int status, String location) {
        return new Reply(status, "", "", Map.of("Location", location));
    }

    static Reply error(int status, String code) {
        return json(status, object().put("success", false).put("code", code).put("message", "for people: " + code));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    Reply with(String header, String value) {
        return new Reply(status, type, body, Map.of(header, value));
    }

    boolean ok() {
        return status >= 200 && status <= 299;
    }
}
