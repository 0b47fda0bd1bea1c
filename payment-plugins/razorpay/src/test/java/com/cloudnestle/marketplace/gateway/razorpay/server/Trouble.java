package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong with a request or its reply. */
public enum Trouble {
    /** Does nothing, and the connection ends. */
    REQUEST_LOST(false),
    /** Does nothing and fails. */
    ERROR_BEFORE(false),
    /** Does nothing and says to come later. */
    TOO_MANY(false),
    /** Does nothing and says that the key is not known. */
    NOT_KNOWN(false),
    /** Does nothing and sends the client elsewhere. */
    REDIRECT(false),
    /** Does nothing and says nothing. */
    SILENCE(false),
    /** Does it, and the connection ends. */
    REPLY_LOST(true),
    /** Does it and fails afterwards. */
    ERROR_AFTER(true),
    /** Does it; the rest is about the reply. */
    GARBAGE(true),
    EMPTY(true),
    CUT_SHORT(true),
    UNKNOWN_STATE(true),
    UNKNOWN_MEMBERS(true),
    /** Flags, counts and empty things as Razorpay's samples also have them. */
    QUIRKS(true),
    OTHER_AMOUNT(true),
    OTHER_CURRENCY(true),
    OTHER_PAYMENT(true);

    final boolean acts;

    Trouble(boolean acts) {
        this.acts = acts;
    }

    /** Changes a reply. */
    void spoil(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(this::spoil);
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> spoil(object, name));
            object.forEach(this::spoil);
            if (this == UNKNOWN_MEMBERS) {
                object.put("levitation", "high").putArray("levitations").addObject().put("id", "lev_1").put("status", "paid").put("amount", 1);
            }
        }
    }

    private void spoil(ObjectNode object, String name) {
        JsonNode value = object.get(name);
        switch (this) {
            case UNKNOWN_STATE -> {
                if (name.equals("status")) {
                    object.put(name, "levitating");
                }
            }
            case OTHER_AMOUNT -> {
                if (name.equals("amount") && value.isIntegralNumber()) {
                    object.put(name, value.longValue() - 100);
                }
            }
            case OTHER_CURRENCY -> {
                if (name.equals("currency")) {
                    object.put(name, "USD");
                }
            }
            case OTHER_PAYMENT -> {
                if (value.isTextual() && (name.equals("id") || name.endsWith("_id") || name.equals("receipt"))) {
                    String text = value.textValue();
                    object.put(name, text.substring(0, text.length() - 1) + (text.endsWith("x") ? "y" : "x"));
                }
            }
            case QUIRKS -> {
                if (value.isBoolean()) {
                    object.put(name, value.booleanValue() ? "1" : "0");
                } else if (value.isObject() && name.equals("notes")) {
                    object.putArray(name);
                } else if (name.equals("amount") && value.isIntegralNumber()) {
                    object.put(name, value.asText());
                } else if (name.equals("fee") || name.equals("tax")) {
                    object.putNull(name);
                }
            }
            default -> { }
        }
    }
}
