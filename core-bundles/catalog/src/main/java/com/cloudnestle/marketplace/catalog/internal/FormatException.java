package com.cloudnestle.marketplace.catalog.internal;

import org.jspecify.annotations.Nullable;

/** A document that cannot be accepted; the message begins with the field that is wrong. */
final class FormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FormatException(String field, String reason, @Nullable Throwable cause) {
        super(field + ": " + reason, cause);
    }

    FormatException(String field, String reason) {
        this(field, reason, null);
    }
}
