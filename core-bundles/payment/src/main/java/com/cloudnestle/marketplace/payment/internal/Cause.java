package com.cloudnestle.marketplace.payment.internal;

/**
 * Why a payment is looked at.
 *
 * @param source {@code checkout}, {@code return}, {@code webhook}, {@code poll}, {@code term} or {@code admin}
 * @param actor for the audit log
 */
record Cause(String source, String actor) {

    static final String SYSTEM = "system";

    static final Cause CHECKOUT = new Cause("checkout", SYSTEM);
    static final Cause WEBHOOK = new Cause("webhook", SYSTEM);
    static final Cause POLL = new Cause("poll", SYSTEM);
    /** Nobody did anything: a time is over. */
    static final Cause TERM = new Cause("term", SYSTEM);

    static Cause buyer(String customerId) {
        return new Cause("return", customerId);
    }

    static Cause admin(String actor) {
        return new Cause("admin", actor);
    }

    /** Whether nobody waits for the answer. */
    boolean byWorker() {
        return equals(WEBHOOK) || equals(POLL);
    }

    boolean byAdmin() {
        return source.equals("admin");
    }
}
