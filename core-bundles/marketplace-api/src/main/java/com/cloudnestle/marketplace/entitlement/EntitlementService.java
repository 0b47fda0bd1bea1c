package com.cloudnestle.marketplace.entitlement;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may use what. Changes hold from the moment a call returns. Solution ids given here may be aliases; results carry the
 * id. Errors of the changing methods: {@code solution-unknown}, {@code customer-unknown}, {@code entitlement-unknown} (404),
 * {@code tier-unknown} (422), each a {@code MarketplaceException}.
 */
@ProviderType
public interface EntitlementService {

    /** The entitlement; it counts as suspended while the customer's account is. */
    Optional<Entitlement> find(String customerId, String solutionId);

    /** All of one customer's entitlements, ordered by solution id. */
    List<Entitlement> ofCustomer(String customerId);

    /** Entitlements to one solution, in no particular order: at most {@code limit}, going on after {@code cursor}. */
    EntitlementPage ofSolution(String solutionId, int limit, @Nullable String cursor);

    /**
     * The customer's entitlement, made at {@code tier} if there is none. An existing one is returned as it is, also if
     * its tier differs: {@link #changeTier} is the only way to change a tier.
     */
    Entitlement grant(String customerId, String solutionId, String tier, String actor);

    /**
     * Moves the customer to a tier, making the entitlement if there is none; audited. Moving to the present tier changes
     * nothing.
     */
    TierChange changeTier(String customerId, String solutionId, String tier, String actor);

    /** Stops or resumes access without touching tier, token or counters; audited. */
    Entitlement setStatus(String customerId, String solutionId, Entitlement.Status status, String actor);

    /** @param previousTier the tier before, empty if there was no entitlement */
    record TierChange(Entitlement entitlement, Optional<String> previousTier) {
        public boolean changed() {
            return !previousTier.equals(Optional.of(entitlement.tier()));
        }
    }

    record EntitlementPage(List<Entitlement> entitlements, Optional<String> cursor) {
        public EntitlementPage {
            entitlements = List.copyOf(entitlements);
        }
    }
}
