package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one decision took. Can be redeemed once. */
final class UnitsReceipt implements Decision.Receipt {

    private final AccessRequest request;
    private final String solutionId;
    private final long era;
    private final Map<String, Long> windows;
    private final Instant at;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    UnitsReceipt(AccessRequest request, Counter counter, Instant at) {
        this(request, counter.terms().entry().id(), counter.era(), counter.windows(), at);
    }

    /**
     * @param era of the counter the units were taken from
     * @param windows start (epoch millis) of each window units were taken in, by the window's name
     */
    private UnitsReceipt(AccessRequest request, String solutionId, long era, Map<String, Long> windows, Instant at) {
        this.request = request;
        this.solutionId = solutionId;
        this.era = era;
        this.windows = Map.copyOf(windows);
        this.at = at;
    }

    AccessRequest request() {
        return request;
    }

    String solutionId() {
        return solutionId;
    }

    /** True for the first caller only. */
    boolean redeem() {
        return redeemed.compareAndSet(false, true);
    }

    /**
     * The writes that return the units, to those windows that still run and that held them.
     *
     * @param withJournal false if the journal has forgotten the day
     */
    List<Write> refund(Key counterKey, Optional<Item> counter, IdempotencyKeys keys, boolean withJournal) {
        List<Write> writes = new ArrayList<>();
        counter.filter(item -> item.number(Counter.ERA, 0) == era)
                .flatMap(item -> credit(counterKey, item))
                .ifPresent(writes::add);
        if (withJournal) {
            writes.add(UsageJournal.subtract(request.subject(), solutionId, request.action(), request.units(), at));
        }
        if (request.idempotencyKey().isPresent()) {
            writes.add(keys.release(request, solutionId));
        }
        return writes;
    }

    private Optional<Write> credit(Key counterKey, Item counter) {
        Update.Builder update = Update.builder();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.equal(Counter.ERA, era));
        windows.forEach((name, start) -> {
            boolean running = counter.number("w:" + name, -1) == start
                    && counter.number("u:" + name, 0) >= request.units();
            if (running) {
                update.add("u:" + name, -request.units());
                conditions.add(Condition.equal("w:" + name, start));
                conditions.add(Condition.atLeast("u:" + name, request.units()));
            }
        });
        return conditions.size() == 1
                ? Optional.empty()
                : Optional.of(new Write.Change(counterKey, update.build(), new Condition.And(conditions)));
    }
}
