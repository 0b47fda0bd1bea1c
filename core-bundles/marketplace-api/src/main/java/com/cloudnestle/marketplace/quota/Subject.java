package com.cloudnestle.marketplace.quota;

import java.util.Objects;

/** Whose units are counted. */
public sealed interface Subject {

    /** Key under which usage is stored. */
    String key();

    /** A customer with an account. */
    record User(String customerId) implements Subject {
        public User {
            Objects.requireNonNull(customerId);
        }

        @Override
        public String key() {
            return customerId;
        }
    }

    /**
     * Somebody without an account, known by a keyed hash only; made by {@link Visitors}.
     *
     * @param id {@code anon_…}
     */
    record Visitor(String id) implements Subject {
        public Visitor {
            if (!id.startsWith("anon_")) {
                throw new IllegalArgumentException("visitor ids begin with anon_");
            }
        }

        @Override
        public String key() {
            return id;
        }
    }
}
