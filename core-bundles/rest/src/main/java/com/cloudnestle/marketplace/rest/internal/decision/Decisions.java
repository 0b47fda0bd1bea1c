package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.rest.internal.decision.Decided.Who;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts a request from the wire to the quota service: which solution, who, which action, how many units. */
@Component(service = Decisions.class)
public final class Decisions {

    private final CatalogService catalog;
    private final Subjects subjects;
    private final QuotaService quota;

    @Activate
    public Decisions(@Reference CatalogService catalog, @Reference Subjects subjects, @Reference QuotaService quota) {
        this.catalog = catalog;
        this.subjects = subjects;
        this.quota = quota;
    }

    Decided decide(DecisionRequest ask, Presented presented) {
        // Never taken from the token: a solution that forgets to name itself would accept tokens of all the others.
        if (ask.solutionId() == null) {
            throw MarketplaceException.invalid("solution_id", "is required");
        }
        CatalogEntry entry = catalog.require(ask.solutionId());
        String action = ask.action() == null ? entry.defaultAction() : ask.action();
        Who who = subjects.of(ask, presented, entry.id(), action);
        Optional<String> key = idempotencyKey(ask.idempotencyKey(), presented.idempotencyKey());
        return new Decided(
                who,
                quota.decide(new AccessRequest(who.subject(), entry.id(), action, ask.units(), ask.checkOnly(), key)));
    }

    private static Optional<String> idempotencyKey(@Nullable String inBody, @Nullable String inHeader) {
        if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
            throw MarketplaceException.invalid("idempotency_key", "differs from the Idempotency-Key header");
        }
        return Optional.ofNullable(inBody == null ? inHeader : inBody);
    }
}
