package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owners lie beside what is remembered of their solution: {@code solution#<id>}, item {@code owner}. */
@Component
public final class StoredOwners implements SolutionOwners {

    private static final Logger LOG = LoggerFactory.getLogger(StoredOwners.class);
    private static final String BUNDLE = "bundle";
    private static final int MAX_NAME = 200;
    /** As OSGi has it: words joined by dots. */
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;

    @Activate
    public StoredOwners(@Reference Store store, @Reference AuditLog audit, @Reference InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Optional<String> owner(String solutionId) {
        return store.get(key(solutionId)).flatMap(StoredOwners::bundle);
    }

    /** May be repeated after an unknown outcome: whoever was first stays. */
    @Override
    public String claim(String solutionId, String bundle) {
        return store.write(new Write.Put(item(solutionId, bundle), Condition.absent(BUNDLE)))
                .item()
                .flatMap(StoredOwners::bundle)
                .orElse(bundle);
    }

    @Override
    public void give(String solutionId, String bundle, String actor) {
        if (bundle.length() > MAX_NAME || !SYMBOLIC_NAME.matcher(bundle).matches()) {
            throw MarketplaceException.invalid("bundle", "must be the symbolic name of a bundle");
        }
        String before = owner(solutionId).orElse("none");
        if (before.equals(bundle)) {
            return;
        }
        store.write(new Write.Put(item(solutionId, bundle), Condition.NONE));
        LOG.warn("event=solution_given solutionId={} from={} to={} actor={}", solutionId, before, bundle, actor);
        audit.append(actor, "solution.given", solutionId, Map.of("from", before, "to", bundle));
    }

    private static Optional<String> bundle(Item item) {
        return item.string(BUNDLE);
    }

    private Item item(String solutionId, String bundle) {
        return new Item(key(solutionId),
                Map.of(BUNDLE, bundle, "updatedAt", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    private static Key key(String solutionId) {
        return new Key(Table.SOLUTIONS, "solution#" + solutionId, "owner");
    }
}
