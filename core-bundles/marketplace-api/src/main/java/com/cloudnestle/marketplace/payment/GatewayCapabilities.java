package com.cloudnestle.marketplace.payment;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a gateway can do and for whom.
 *
 * @param name shown to buyers, e.g. {@code PhonePe}, 1 to 40 characters
 * @param methods shown to buyers, e.g. {@code UPI}, {@code Cards}
 * @param currencies ISO 4217 codes it takes
 * @param minimumMinor smallest amount in minor units
 * @param maximumMinor largest amount in minor units
 * @param mode {@link Mode#TEST} moves no money and is refused in production
 * @param partialRefunds whether less than the whole can be given back
 * @param failedIsFinal whether a payment that failed can no longer succeed; where it can, it is watched on
 * @param scriptOrigins web origins of scripts, frames and calls of its checkout page; empty where the buyer is redirected
 * @param watchDays how many days after its end a payment may still change and is asked for, 0 to 30
 */
public record GatewayCapabilities(
        String name,
        List<String> methods,
        Set<String> currencies,
        long minimumMinor,
        long maximumMinor,
        Mode mode,
        boolean partialRefunds,
        boolean failedIsFinal,
        List<String> scriptOrigins,
        int watchDays) {

    public enum Mode {
        LIVE,
        TEST
    }

    public GatewayCapabilities {
        Objects.requireNonNull(mode);
        methods = List.copyOf(methods);
        currencies = Set.copyOf(currencies);
        scriptOrigins = List.copyOf(scriptOrigins);
        if (name.isEmpty() || name.length() > 40) {
            throw new IllegalArgumentException("name must have 1 to 40 characters");
        }
        if (currencies.isEmpty() || minimumMinor < 1 || maximumMinor < minimumMinor) {
            throw new IllegalArgumentException("a gateway takes at least one currency, and 1 to maximumMinor of it");
        }
        if (watchDays < 0 || watchDays > 30) {
            throw new IllegalArgumentException("watchDays must be 0 to 30, was " + watchDays);
        }
    }

    /** Whether the amount can be paid here. */
    public boolean takes(Money amount) {
        return currencies.contains(amount.currency()) && amount.minor() >= minimumMinor && amount.minor() <= maximumMinor;
    }
}
