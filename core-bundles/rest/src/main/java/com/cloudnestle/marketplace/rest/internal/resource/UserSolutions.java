package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.rest.internal.wire.QuotaView;
import com.cloudnestle.marketplace.rest.internal.wire.SolutionView;
import com.cloudnestle.marketplace.rest.internal.wire.UserSolutionView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Joins an entitlement with what the catalogue and the counters say of it. */
@Component(service = UserSolutions.class)
public final class UserSolutions {

    private final CatalogService catalog;
    private final QuotaService quota;

    @Activate
    public UserSolutions(@Reference CatalogService catalog, @Reference QuotaService quota) {
        this.catalog = catalog;
        this.quota = quota;
    }

    UserSolutionView withoutQuotas(Entitlement entitlement) {
        return view(entitlement, null);
    }

    public UserSolutionView withQuotas(Entitlement entitlement) {
        // a solution the catalogue has forgotten has no meters, so there is nothing to count
        boolean known = catalog.find(entitlement.solutionId()).isPresent();
        return view(entitlement, !known ? List.of() : quota
                .states(new Subject.User(entitlement.customerId()), entitlement.solutionId()).stream()
                .map(QuotaView::of)
                .toList());
    }

    private UserSolutionView view(Entitlement entitlement, @Nullable List<QuotaView> quotas) {
        Optional<CatalogEntry> entry = catalog.find(entitlement.solutionId());
        return new UserSolutionView(
                entitlement.solutionId(),
                entry.map(e -> e.descriptor().name()).orElse(entitlement.solutionId()),
                entitlement.tier(),
                entitlement.status().name().toLowerCase(Locale.ROOT),
                entitlement.since().toString(),
                entry.map(CatalogEntry::available).orElse(false),
                entry.map(SolutionView::pageUrl).orElse("/solutions/" + entitlement.solutionId() + "/"),
                quotas);
    }
}
