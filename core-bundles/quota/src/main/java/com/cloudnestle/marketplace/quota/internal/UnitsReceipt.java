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
import java.util.concurrent.atomic.AtomicBoolean;

/** What one decision took. Can be redeemed once. */
final class UnitsReceipt implements Decision.Receipt {

    private final AccessRequest request;
    private final String solutionId;
    private final Map<String, Long> windows;
    private final Instant at;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    /** @param windows start (epoch millis) of each window units were taken in, by the window's name */
    UnitsReceipt(AccessRequest request, String solutionId, Map<String, Long> windows, Instant at) {
        this.request = request;
        this.solutionId = solutionId;
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

    /** The writes that return the units to those windows that are still the counted ones. */
    List<Write> refund(Key counterKey, Item counter, IdempotencyKeys keys) {
        Update.Builder update = Update.builder();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.itemExists());
        windows.forEach((name, start) -> {
            boolean running = counter.number("w:" + name, -1) == start
                    && counter.number("u:" + name, 0) >= request.units();
            if (running) {
                update.add("u:" + name, -request.units());
                conditions.add(Condition.equal("w:" + name, start));
                conditions.add(Condition.atLeast("u:" + name, request.units()));
            }
        });
        List<Write> writes = new ArrayList<>();
        if (conditions.size() > 1) {
            writes.add(new Write.Change(counterKey, update.build(), new Condition.And(conditions)));
        } else {
            writes.add(new Write.Check(counterKey, Condition.itemExists()));
        }
        writes.add(UsageJournal.subtract(request.subject(), solutionId, request.action(), request.units(), at));
        if (request.idempotencyKey().isPresent()) {
            writes.add(keys.release(request, solutionId));
        }
        return writes;
    }
}
