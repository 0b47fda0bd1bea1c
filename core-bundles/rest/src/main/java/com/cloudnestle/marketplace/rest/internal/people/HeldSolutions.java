package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.rest.internal.people.Views.HeldSolutionView;
import com.cloudnestle.marketplace.rest.internal.people.Views.SolutionTokenView;
import com.cloudnestle.marketplace.rest.internal.people.Views.TokenHintView;
import com.cloudnestle.marketplace.rest.internal.resource.UserSolutions;
import com.cloudnestle.marketplace.rest.internal.wire.UserSolutionView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer may use, as a dashboard shows it. */
@Component(service = HeldSolutions.class)
public final class HeldSolutions {

    private final EntitlementService entitlements;
    private final CatalogService catalog;
    private final SolutionTokens tokens;
    private final UserSolutions views;

    @Activate
    public HeldSolutions(
            @Reference EntitlementService entitlements,
            @Reference CatalogService catalog,
            @Reference SolutionTokens tokens,
            @Reference UserSolutions views) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.tokens = tokens;
        this.views = views;
    }

    List<HeldSolutionView> of(String customerId) {
        return entitlements.ofCustomer(customerId).stream().map(this::view).toList();
    }

    private HeldSolutionView view(Entitlement held) {
        Optional<CatalogEntry> solution = catalog.find(held.solutionId());
        UserSolutionView view = views.withQuotas(held);
        return new HeldSolutionView(view.solutionId(), view.name(), view.accessTier(), view.status(), view.since(),
                validUntil(held, solution), view.available(), view.pageUrl(), view.quotas() == null ? List.of() : view.quotas(),
                tokenHint(held),
                solution.flatMap(known -> known.tierAbove(held.tier())).map(tier -> "/upgrade?solution_id=" + held.solutionId())
                        .orElse(null));
    }

    private static @Nullable String validUntil(Entitlement held, Optional<CatalogEntry> solution) {
        OptionalInt days = solution.flatMap(known -> known.tier(held.tier())).map(TierPlan::validityDays)
                .orElse(OptionalInt.empty());
        return days.isPresent() ? held.since().plus(Duration.ofDays(days.getAsInt())).toString() : null;
    }

    private @Nullable TokenHintView tokenHint(Entitlement held) {
        return tokens.show(held.customerId(), held.solutionId())
                .map(SolutionTokenView::of)
                .map(token -> new TokenHintView(token.hint(), token.createdAt(), token.expiresAt()))
                .orElse(null);
    }
}
