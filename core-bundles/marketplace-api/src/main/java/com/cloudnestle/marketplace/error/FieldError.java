package com.cloudnestle.marketplace.error;

import java.util.Objects;

/**
 * One field of a request that cannot be accepted.
 *
 * @param field name of the field as it stands in the request, e.g. {@code units}
 * @param message what is wrong and what would be right, for the caller's eyes
 */
public record FieldError(String field, String message) {
    public FieldError {
        Objects.requireNonNull(field);
        Objects.requireNonNull(message);
    }
}
