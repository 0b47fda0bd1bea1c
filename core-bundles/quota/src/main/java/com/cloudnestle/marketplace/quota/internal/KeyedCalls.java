package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.store.StoreException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls with an idempotency key: look for the key, take the units, claim the key. Calls of one key wait for each other on this
 * node; against other nodes the claim decides, and who comes second gives its units back.
 */
final class KeyedCalls {

    private static final int LOCKS = 1024;

    private final IdempotencyKeys keys;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    KeyedCalls(IdempotencyKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    Decision decide(AccessRequest request, String solutionId, QuotaEngine engine) {
        int hash = request.idempotencyKey().hashCode() * 31 + request.subject().key().hashCode();
        ReentrantLock lock = locks[Math.floorMod(hash ^ hash >>> 16, LOCKS)];
        lock.lock();
        try {
            engine.terms(request); // refuses strangers before their keys are looked at
            return keys.seen(request, solutionId) ? replay(request, engine) : first(request, solutionId, engine);
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #decide} would say; takes nothing. */
    Decision check(AccessRequest request, String solutionId, QuotaEngine engine) {
        engine.terms(request);
        return keys.seen(request, solutionId) ? replay(request, engine) : engine.decideWithoutKey(request);
    }

    private Decision first(AccessRequest request, String solutionId, QuotaEngine engine) {
        Decision decision = engine.decideWithoutKey(request);
        if (!(decision instanceof Allowed allowed)) {
            // the unit that is missing may be the one that this very call was given on another node
            return keys.seen(request, solutionId) ? replay(request, engine) : decision;
        }
        UnitsReceipt receipt = (UnitsReceipt) allowed.receipt().orElseThrow();
        boolean claimed;
        try {
            claimed = keys.claim(request, solutionId, clock.instant());
        } catch (StoreException.OutcomeUnknown e) {
            throw e; // the key may be there, so the units must stay taken
        } catch (RuntimeException e) {
            engine.giveBack(receipt);
            throw e;
        }
        if (claimed) {
            return allowed;
        }
        engine.giveBack(receipt);
        return replay(request, engine);
    }

    private static Decision replay(AccessRequest request, QuotaEngine engine) {
        return new Allowed(
                engine.state(request.subject(), request.solutionId(), request.action()), Optional.empty(), true);
    }

    /** Makes the request's key free again, if it has one. */
    void release(AccessRequest request, String solutionId) {
        if (request.idempotencyKey().isPresent()) {
            keys.release(request, solutionId);
        }
    }
}
