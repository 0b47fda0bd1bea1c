package com.cloudnestle.marketplace.quota;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides whether a subject may use units of a solution, and counts them. A call takes all its units or none. Over any
 * interleaving and any crash, what was allowed in a window never exceeds its limit: units are durable before the answer.
 * Thread-safe.
 *
 * <p>Errors of every method, as {@code MarketplaceException}: {@code solution-unknown} (404), {@code entitlement-unknown}
 * (404) for a customer without one, {@code action-unknown} (422), {@code store-unavailable} and {@code outcome-unknown} (503).
 */
@ProviderType
public interface QuotaService {

    /**
     * Takes {@code request.units()}, or only looks.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException also {@code entitlement-suspended} (403),
     *     {@code idempotency-key-reused} (409) when the key came with another action or other units before,
     *     {@code solution-unavailable} (503) when the solution is withdrawn
     */
    Decision decide(AccessRequest request);

    /**
     * Returns the units of a decision whose work was not done, once; if the window has passed meanwhile there is nothing
     * to return. The idempotency key becomes free again.
     *
     * @throws IllegalArgumentException if the receipt is not one of this service
     */
    void giveBack(Decision.Receipt receipt);

    /**
     * Takes units for work whose size is known only at its end, and gives back on its own what is not settled in time.
     * Units held are used as far as every other decision is concerned. A hold is released when it expires and when the
     * bundle that made it stops; after a crash at its expiry, by any node.
     *
     * @param request its units are the estimate; neither a check nor with an idempotency key
     * @param lifetime 1 second to 24 hours
     * @throws com.cloudnestle.marketplace.error.MarketplaceException as {@link #decide}; {@code invalid-field} (422) for a
     *     request or lifetime that is not allowed
     */
    Reservation reserve(AccessRequest request, Duration lifetime);

    /** The hold with this id while it lasts, also after a restart; empty once it has ended. */
    Optional<Hold> hold(String id);

    /** Where the subject stands with one action; takes nothing. */
    QuotaState state(Subject subject, String solutionId, String action);

    /** Where the subject stands with every action of the solution. */
    List<QuotaState> states(Subject subject, String solutionId);

    /** Sets all counters of the subject for this solution to 0; audited. Usage history stays. */
    List<QuotaState> reset(Subject subject, String solutionId, String actor);
}
