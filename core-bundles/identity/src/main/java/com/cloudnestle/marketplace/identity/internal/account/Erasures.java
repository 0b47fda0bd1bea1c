package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes of erasures that have begun, so that one that is cut off is found again. */
@Component(service = Erasures.class)
public final class Erasures {

    /** An erasure takes seconds; one that is older than this was cut off. */
    static final Duration CUT_OFF_AFTER = Duration.ofMinutes(2);

    private static final String PARTITION = "erasing";
    private static final int PAGE = 100;

    private final Store store;
    private final InstantSource clock;

    @Activate
    public Erasures(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param actor who wanted it */
    record Begun(String accountId, String actor) {}

    /** Part of the transaction after which the account cannot be used any more. */
    Write begin(String accountId, String actor) {
        return new Write.Put(new Item(key(accountId), Map.of("actor", actor, "since", Stored.now(clock).toString())),
                Condition.NONE);
    }

    void end(String accountId) {
        store.delete(key(accountId), Condition.NONE);
    }

    /** Some of those that were cut off. */
    List<Begun> cutOff() {
        Instant latest = clock.instant().minus(CUT_OFF_AFTER);
        return store.query(Table.USERS, PARTITION, "", false, PAGE, null).items().stream()
                .filter(item -> !Stored.instant(item, "since").isAfter(latest))
                .map(item -> new Begun(item.key().sk(), Stored.text(item, "actor")))
                .toList();
    }

    private static Key key(String accountId) {
        return new Key(Table.USERS, PARTITION, accountId);
    }
}
