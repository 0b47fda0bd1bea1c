package com.cloudnestle.marketplace.gateway.phonepe.internal;

import java.nio.charset.StandardCharsets;

/** A text that must not be seen, even where the record that holds it is written to a log. */
record Secret(String value) {

    byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
