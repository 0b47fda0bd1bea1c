package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object of Razorpay's answers and notifications. Read leniently: members that are not known are nothing, a flag may be
 * {@code true}, {@code 1} or {@code "1"}, empty notes are an array. What is needed and not there is an outcome that is not known.
 */
record Entity(JsonNode node) {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Empty unless the text is a JSON object. */
    static Optional<Entity> parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return node != null && node.isObject() ? Optional.of(new Entity(node)) : Optional.empty();
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** Empty if it is absent, null or not a text. */
    Optional<String> text(String member) {
        return Optional.of(node.path(member)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    String textOr(String member, String otherwise) {
        return text(member).orElse(otherwise);
    }

    String require(String member) throws GatewayException {
        return text(member).orElseThrow(() -> unreadable(member));
    }

    /** A whole number, also one in quotes. */
    OptionalLong number(String member) {
        JsonNode value = node.path(member);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        if (value.isTextual() && value.textValue().matches("[0-9]{1,18}")) {
            return OptionalLong.of(Long.parseLong(value.textValue()));
        }
        return OptionalLong.empty();
    }

    boolean flag(String member) {
        JsonNode value = node.path(member);
        return value.isBoolean() ? value.booleanValue() : value.asText("").equals("1") || value.asText("").equals("true");
    }

    /** An amount of this object's currency. */
    Money money(String member) throws GatewayException {
        long minor = number(member).orElseThrow(() -> unreadable(member));
        try {
            return new Money(minor, require("currency"));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "the answer names a currency that is none", e);
        }
    }

    Optional<String> note(String name) {
        return new Entity(node.path("notes")).text(name);
    }

    Optional<Entity> child(String member) {
        return Optional.of(node.path(member)).filter(JsonNode::isObject).map(Entity::new);
    }

    /** The objects of a list; a list that is not there is empty. */
    List<Entity> items(String member) {
        List<Entity> items = new ArrayList<>();
        node.path(member).forEach(item -> {
            if (item.isObject()) {
                items.add(new Entity(item));
            }
        });
        return items;
    }

    private static GatewayException unreadable(String member) {
        return new GatewayException(Kind.OUTCOME_UNKNOWN, "the answer has no usable " + member);
    }

    @Override
    public String toString() {
        return "Entity[" + textOr("id", "") + "]"; // may be about people
    }
}
