package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.entitlement.Handover;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Visit;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets people return to the finder's pages, here and at one origin; notes who exchanges from where. */
public final class FakeHandover implements Handover {

    public static final String ORIGIN = "https://finder.example";

    public final List<String> exchanges = new ArrayList<>();
    private final Map<String, String> customers = new HashMap<>();
    private final Services services;

    public FakeHandover(Services services) {
        this.services = services;
    }

    @Override
    public Visit check(String solutionId, @Nullable String returnUrl, @Nullable String codeChallenge) {
        String id = services.catalog.require(solutionId).id();
        String back = returnUrl == null ? "/solutions/" + id + "/" : returnUrl;
        if (!back.startsWith("/solutions/" + id + "/") && !back.startsWith(ORIGIN + "/")) {
            throw MarketplaceException.invalid("return_url", "is not allowed");
        }
        return new Visit(id, back, Optional.ofNullable(codeChallenge));
    }

    @Override
    public Set<String> origins(String solutionId) {
        return solutionId.equals(Services.FINDER) ? Set.of(ORIGIN) : Set.of();
    }

    @Override
    public URI depart(String customerId, Visit visit) {
        services.entitlements.grant(customerId, visit.solutionId(), "registered", "test");
        String code = "code" + customers.size();
        customers.put(code, customerId);
        return URI.create(visit.returnUrl() + "#marketplace_code=" + code);
    }

    @Override
    public IssuedToken exchange(String code, String solutionId, @Nullable String verifier, @Nullable String origin) {
        exchanges.add(verifier + " " + origin);
        String customerId = customers.remove(code);
        if (customerId == null) {
            throw new MarketplaceException(Problem.CODE_INVALID, "The code is wrong, used up or too old.");
        }
        return services.tokens.issue(customerId, solutionId, "test");
    }
}
