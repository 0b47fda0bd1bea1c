package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What came back over HTTP.
 *
 * @param body as text; may hold data of people, so it stays out of messages and logs
 * @param retryAfter how long the other side asked to wait
 */
record Answer(int status, String body, Optional<Duration> retryAfter) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Anything else is not a code but a text that somebody put there. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    boolean ok() {
        return status >= 200 && status <= 299;
    }

    /** The body if it is one JSON object: some answers of 5xx are a bare word, and proxies answer with pages. */
    Optional<JsonNode> json() {
        return parse(body);
    }

    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The provider's code of an error; empty if it gives none. */
    String code() {
        return json().map(json -> {
            String code = text(json, "errorCode");
            return code.isEmpty() ? text(json, "code") : code;
        }).orElse("");
    }

    /** A member that is a code or key of the provider's; empty if it is missing or something else. */
    static String text(JsonNode json, String member) {
        String text = json.path(member).asText("");
        return CODE.matcher(text).matches() ? text : "";
    }

    @Override
    public String toString() {
        return "Answer[" + status + " " + code() + "]";
    }
}
