package com.cloudnestle.marketplace.identity;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody who may be entitled to solutions.
 *
 * @param id {@code cus_} followed by a UUID; never changes
 * @param email never changes either
 * @param createdAt when the customer was first seen
 */
public record Customer(String id, EmailAddress email, Instant createdAt) {

    public static final String PREFIX = "cus_";

    public Customer {
        Objects.requireNonNull(email);
        Objects.requireNonNull(createdAt);
        if (!id.startsWith(PREFIX)) {
            throw new IllegalArgumentException("customer ids begin with " + PREFIX);
        }
    }
}
