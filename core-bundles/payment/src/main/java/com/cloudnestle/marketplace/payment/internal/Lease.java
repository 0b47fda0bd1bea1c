package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets one node at a time look for work. It only saves calls: whatever two nodes do at once is safe, so nothing goes wrong where a
 * clock that is off lets both.
 */
final class Lease {

    static final Duration LENGTH = Duration.ofSeconds(20);

    private static final Key KEY = new Key(Table.SYSTEM, "LOCK#payments", "LOCK");
    private static final String OWNER = "owner";
    private static final String UNTIL = "until";

    private final Store store;
    private final InstantSource clock;
    private final String node;
    private Instant until = Instant.MIN;

    Lease(Store store, InstantSource clock, String node) {
        this.store = store;
        this.clock = clock;
        this.node = node;
    }

    /** Whether this node has it now; takes or renews it if it can. */
    synchronized boolean held() {
        if (!store.shared()) {
            return true;
        }
        Instant now = clock.instant();
        if (now.plus(LENGTH.dividedBy(2)).isBefore(until)) {
            return true;
        }
        Condition free = Condition.any(Condition.itemAbsent(), Condition.equal(OWNER, node), Condition.less(UNTIL, now.toEpochMilli()));
        Instant wanted = now.plus(LENGTH);
        boolean mine = store.update(
                KEY, Update.builder().set(OWNER, node).set(UNTIL, wanted.toEpochMilli()).build(), free).applied();
        until = mine ? wanted : Instant.MIN;
        return mine;
    }

    /** Lets another node have it at once. */
    synchronized void close() {
        if (store.shared()) {
            store.delete(KEY, Condition.equal(OWNER, node));
            until = Instant.MIN;
        }
    }
}
