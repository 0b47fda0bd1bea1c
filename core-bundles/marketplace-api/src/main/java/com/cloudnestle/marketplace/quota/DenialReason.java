package com.cloudnestle.marketplace.quota;

/** Why units were refused. {@link #wire()} is the {@code reason} on the wire and never changes. */
public enum DenialReason {
    DAILY_LIMIT("daily_limit_exceeded"),
    MONTHLY_LIMIT("monthly_limit_exceeded"),
    PERIOD_LIMIT("period_limit_exceeded"),
    LIFETIME_LIMIT("lifetime_limit_exceeded"),
    /** The tier's validity is over, whatever is left of its units. */
    VALIDITY_ENDED("validity_ended"),
    /** The solution has no anonymous tier, or it does not include the action. */
    REGISTRATION_REQUIRED("registration_required"),
    /** The customer's tier does not include the action. */
    NOT_IN_TIER("action_not_in_tier");

    private final String wire;

    DenialReason(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
