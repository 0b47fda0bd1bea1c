package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.util.Optional;

/**
 * One call of a script.
 *
 * @param changesTerms whether other nodes will see other terms afterwards
 */
record Operation(String what, boolean changesTerms, Call call) {

    @FunctionalInterface
    interface Call {
        /** @throws NodeCrash if the node ends meanwhile */
        void on(Node.Life life);
    }

    static final String ANN = "ann";
    static final Duration HOLD_LIFETIME = Duration.ofSeconds(60);

    private static Operation of(String what, Call call) {
        return new Operation(what, false, call);
    }

    static AccessRequest request(String customer, long units) {
        return AccessRequest.one(new Subject.User(customer), FixedCatalog.SOLUTION, FixedCatalog.ACTION).withUnits(units);
    }

    static Operation take() {
        return take(1);
    }

    static Operation take(long units) {
        return take(ANN, units);
    }

    static Operation take(String customer, long units) {
        return of("take " + units, life -> {
            Decision decision = life.engine().quotas().decide(request(customer, units));
            life.answered(() -> life.ledger().decided(life.node(), customer, units, decision));
        });
    }

    static Operation takeOnce(String key) {
        return of("take under " + key, life -> {
            AccessRequest request = request(ANN, 1).withIdempotencyKey(key);
            Decision decision = life.engine().quotas().decide(request);
            life.answered(() -> life.ledger().decidedUnderKey(life.node(), ANN, key, decision));
        });
    }

    /** Gives back what the node's last allowed call took. */
    static Operation giveBack() {
        return of("give back", life -> {
            Optional<Decision.Receipt> receipt = life.ledger().givingBack(life.node());
            receipt.ifPresent(r -> life.engine().quotas().giveBack(r));
        });
    }

    static Operation reserve(String hold, long units) {
        return of("reserve " + units, life -> {
            Reservation made = life.engine().quotas().reserve(request(ANN, units), HOLD_LIFETIME);
            life.answered(() -> life.ledger().reserved(hold, ANN, units, made));
        });
    }

    static Operation settle(String hold, long used) {
        return of("settle with " + used, life -> {
            Optional<Hold> open = life.ledger().hold(hold).flatMap(id -> life.engine().quotas().hold(id));
            if (open.isPresent()) {
                life.ledger().settling(hold, used);
                Decision decision = open.get().settle(used);
                life.answered(() -> life.ledger().settled(hold, used, decision));
            }
        });
    }

    static Operation release(String hold) {
        return of("release", life -> {
            Optional<Hold> open = life.ledger().hold(hold).flatMap(id -> life.engine().quotas().hold(id));
            life.ledger().settling(hold, 0);
            open.ifPresent(Hold::release);
        });
    }

    /** What the node does from time to time. */
    static Operation tick() {
        return of("tick", life -> life.engine().tick());
    }

    /** An orderly end; what follows happens on a new node. */
    static Operation stop() {
        return of("stop", life -> {
            life.engine().stop();
            life.answered(life::end);
        });
    }

    static Operation reset() {
        return of("reset", life ->
                life.engine().quotas().reset(new Subject.User(ANN), FixedCatalog.SOLUTION, "test"));
    }

    static Operation changeTier(String tier) {
        return new Operation("change tier to " + tier, true, life -> life.changeTier(ANN, tier));
    }
}
