package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A request as it came.
 *
 * @param headers with lower-case names, the first value of each
 */
public record Asked(String method, String path, String query, Map<String, String> headers, String body) {

    JsonNode json() {
        return Faults.parse(body);
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
