package com.cloudnestle.marketplace.quota;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.Objects;
import java.util.Optional;

/**
 * A question to {@link QuotaService#decide}.
 *
 * @param solutionId id or alias
 * @param action which of the solution's meters
 * @param units whole units to take, 1 to {@link #MAX_UNITS}
 * @param checkOnly look, but take nothing
 * @param idempotencyKey 1 to 255 visible ASCII characters; the same key of the same subject and solution never takes
 *     twice within 24 hours
 * @throws MarketplaceException {@code invalid-field} (422) if units or key are out of range
 */
public record AccessRequest(
        Subject subject,
        String solutionId,
        String action,
        long units,
        boolean checkOnly,
        Optional<String> idempotencyKey) {

    /** Keeps the sum of billions of requests inside a long. */
    public static final long MAX_UNITS = 1_000_000_000L;

    public AccessRequest {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(solutionId);
        Objects.requireNonNull(action);
        if (units < 1 || units > MAX_UNITS) {
            throw MarketplaceException.invalid("units", "must be 1 to " + MAX_UNITS);
        }
        idempotencyKey.ifPresent(key -> {
            if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                throw MarketplaceException.invalid("idempotency_key", "must be 1 to 255 visible ASCII characters");
            }
        });
    }

    /** Takes one unit. */
    public static AccessRequest one(Subject subject, String solutionId, String action) {
        return new AccessRequest(subject, solutionId, action, 1, false, Optional.empty());
    }

    public AccessRequest withUnits(long newUnits) {
        return new AccessRequest(subject, solutionId, action, newUnits, checkOnly, idempotencyKey);
    }

    public AccessRequest onlyChecking() {
        return new AccessRequest(subject, solutionId, action, units, true, idempotencyKey);
    }

    public AccessRequest withIdempotencyKey(String key) {
        return new AccessRequest(subject, solutionId, action, units, checkOnly, Optional.of(key));
    }
}
