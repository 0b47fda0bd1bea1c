package com.cloudnestle.marketplace.quota.internal;

import java.time.Duration;
import java.util.Set;

/**
 * How the engine counts; the meaning of each value is that of the configuration key of the same name.
 *
 * @param leaseUnits units counted ahead at most, 1: none (strict)
 * @param leaseFromLimit limits below this amount are never counted ahead
 * @param handBackAfter idle time after which units counted ahead go back to the store
 * @param cacheFor how old an answer about a shared store may be
 * @param negativeCacheFor how long a refusal holds without asking a shared store again
 * @param visitorRetention idle time after which a visitor's counters may be forgotten
 * @param maxAccounts counters kept in memory
 * @param keepUsageOn tier changes that keep what was used, as {@code from>to}
 */
public record QuotaSettings(
        int leaseUnits,
        long leaseFromLimit,
        Duration handBackAfter,
        Duration cacheFor,
        Duration negativeCacheFor,
        Duration visitorRetention,
        int maxAccounts,
        Set<String> keepUsageOn) {

    public static final int DEFAULT_LEASE_UNITS = 100;
    public static final int MAX_LEASE_UNITS = 100_000;

    public QuotaSettings {
        keepUsageOn = Set.copyOf(keepUsageOn);
        if (leaseUnits < 1 || leaseUnits > MAX_LEASE_UNITS) {
            throw new IllegalArgumentException("lease_units must be 1 to " + MAX_LEASE_UNITS + ", was " + leaseUnits);
        }
        if (leaseFromLimit < 0 || maxAccounts < 1) {
            throw new IllegalArgumentException("lease_from_limit must not be negative, max_accounts at least 1");
        }
        for (Duration span : new Duration[] {handBackAfter, cacheFor, negativeCacheFor}) {
            if (span.isNegative() || span.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a number of seconds must be 0 to 86400, was " + span.toSeconds());
            }
        }
        if (visitorRetention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("visitor_retention_days must be at least 1");
        }
    }

    /** What an installation without configuration has. */
    public static QuotaSettings defaults() {
        return new QuotaSettings(DEFAULT_LEASE_UNITS, 100, Duration.ofSeconds(30), Duration.ofSeconds(2),
                Duration.ofSeconds(5), Duration.ofDays(400), 500_000, Set.of());
    }

    /** One write per decision: nothing is counted ahead. */
    public QuotaSettings strict() {
        return withLease(1);
    }

    public QuotaSettings withLease(int units) {
        return new QuotaSettings(units, leaseFromLimit, handBackAfter, cacheFor, negativeCacheFor, visitorRetention,
                maxAccounts, keepUsageOn);
    }

    public QuotaSettings withLeaseFromLimit(long limit) {
        return new QuotaSettings(leaseUnits, limit, handBackAfter, cacheFor, negativeCacheFor, visitorRetention,
                maxAccounts, keepUsageOn);
    }

    public QuotaSettings withMaxAccounts(int accounts) {
        return new QuotaSettings(leaseUnits, leaseFromLimit, handBackAfter, cacheFor, negativeCacheFor, visitorRetention,
                accounts, keepUsageOn);
    }

    public QuotaSettings keepingUsageOn(String... pairs) {
        return new QuotaSettings(leaseUnits, leaseFromLimit, handBackAfter, cacheFor, negativeCacheFor, visitorRetention,
                maxAccounts, Set.of(pairs));
    }
}
