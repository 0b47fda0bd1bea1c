package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Keys already used by a subject for a solution, each kept for 24 hours. A key is written after its units were taken: a crash
 * in between costs the units, the other order would give them away.
 */
final class IdempotencyKeys {

    static final Duration KEPT = Duration.ofHours(24);

    private final Store store;

    IdempotencyKeys(Store store) {
        this.store = store;
    }

    /**
     * Whether the request was counted before.
     *
     * @throws MarketplaceException {@code idempotency-key-reused} if the key stands for another action or other units
     */
    boolean seen(AccessRequest request, String solutionId) {
        if (request.idempotencyKey().isEmpty()) {
            return false;
        }
        return store.get(key(request, solutionId)).map(item -> same(item, request)).orElse(false);
    }

    private static boolean same(Item item, AccessRequest request) {
        boolean sameAction = item.string("action").filter(request.action()::equals).isPresent();
        if (!sameAction || item.number("units", -1) != request.units()) {
            throw new MarketplaceException(
                    Problem.IDEMPOTENCY_KEY_REUSED,
                    "This idempotency key was used with another action or other units within the last 24 hours.");
        }
        return true;
    }

    /**
     * Claims the key; false if somebody holds it. An expired key that is still there may be claimed.
     *
     * @throws MarketplaceException {@code idempotency-key-reused} as {@link #seen}
     */
    boolean claim(AccessRequest request, String solutionId, Instant now) {
        Item item = new Item(key(request, solutionId), Map.of(
                "action", request.action(),
                "units", request.units(),
                Item.TTL, now.plus(KEPT).getEpochSecond()));
        WriteResult result = store.put(
                item, Condition.any(Condition.itemAbsent(), Condition.atMost(Item.TTL, now.getEpochSecond())));
        return result.applied() || !result.item().map(holder -> same(holder, request)).orElse(true);
    }

    void release(AccessRequest request, String solutionId) {
        store.delete(key(request, solutionId), Condition.NONE);
    }

    static String partition(String subject, String solutionId) {
        return "idempotency#" + subject + "#" + solutionId;
    }

    private static Key key(AccessRequest request, String solutionId) {
        return new Key(
                Table.USAGE,
                partition(request.subject().key(), solutionId),
                "key#" + request.idempotencyKey().orElseThrow());
    }
}
