package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who owns which solution id, until the test ends. Thread-safe. */
public final class InMemorySolutionOwners implements SolutionOwners {

    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final AuditLog audit;

    public InMemorySolutionOwners(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public Optional<String> owner(String solutionId) {
        return Optional.ofNullable(owners.get(solutionId));
    }

    @Override
    public String claim(String solutionId, String bundle) {
        return owners.computeIfAbsent(solutionId, id -> bundle);
    }

    @Override
    public void give(String solutionId, String bundle, String actor) {
        if (!bundle.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*") || bundle.length() > 200) {
            throw MarketplaceException.invalid("bundle", "must be the symbolic name of a bundle");
        }
        String before = owners.put(solutionId, bundle);
        if (!bundle.equals(before)) {
            audit.append(actor, "solution.given", solutionId, Map.of("from", before == null ? "none" : before, "to", bundle));
        }
    }
}
