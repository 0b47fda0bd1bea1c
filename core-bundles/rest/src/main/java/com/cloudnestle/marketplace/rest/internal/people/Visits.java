package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.entitlement.Handover;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Views.NextView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why people come, and where they go from here. */
@Component(service = Visits.class)
public final class Visits {

    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    private final Handover handover;

    @Activate
    public Visits(@Reference Handover handover) {
        this.handover = handover;
    }

    /** @return empty for people who come for no solution */
    Optional<Visit> of(HttpServletRequest request, @Nullable String solutionId, @Nullable String returnUrl,
            @Nullable String challenge) {
        return solutionId == null || solutionId.isBlank()
                ? Optional.empty()
                : Optional.of(require(request, solutionId, returnUrl, challenge));
    }

    Visit require(HttpServletRequest request, String solutionId, @Nullable String returnUrl, @Nullable String challenge) {
        return handover.check(solutionId, Clients.here(request, returnUrl), challenge);
    }

    NextView depart(Account account, Visit visit) {
        return new NextView(handover.depart(account.id(), visit).toString());
    }

    /** Where the person goes on; null: nowhere in particular. An account is made by now, so a visit that came to nothing is none. */
    @Nullable NextView next(Account account, Optional<Visit> visit) {
        try {
            return visit.map(why -> depart(account, why)).orElse(null);
        } catch (MarketplaceException e) {
            LOG.warn("event=visit.lost accountId={} code={}", account.id(), e.problem().code());
            return null;
        }
    }
}
