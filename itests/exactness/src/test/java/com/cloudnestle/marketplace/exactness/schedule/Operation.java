package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of a script.
 *
 * @param changesTerms whether other nodes will see other terms afterwards
 * @param units how many it takes
 */
record Operation(String what, boolean changesTerms, long units, Call call) {

    @FunctionalInterface
    interface Call {
        /** @throws NodeCrash if the node ends meanwhile */
        void on(Node.Life life);
    }

    static final String ANN = "ann";
    static final Duration HOLD_LIFETIME = Duration.ofSeconds(60);

    private static Operation of(String what, Call call) {
        return of(what, 1, call);
    }

    private static Operation of(String what, long units, Call call) {
        return new Operation(what, false, units, call);
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
        return of("take " + units, units, life -> {
            Instant begun = life.now();
            Decision decision = life.engine().quotas().decide(request(customer, units));
            life.answered(() -> life.ledger().decided(life.node(), customer, units, decision, begun, life.engine()));
        });
    }

    static Operation takeOnce(String key) {
        return of("take under " + key, life -> {
            AccessRequest request = request(ANN, 1).withIdempotencyKey(key);
            Decision decision = life.engine().quotas().decide(request);
            life.answered(() -> life.ledger().decidedUnderKey(life.node(), ANN, key, decision));
        });
    }

    /** Gives back what the node's last allowed call took, of those that were not given back yet. */
    static Operation giveBack() {
        return giveBack(true);
    }

    /** Gives back what the node's first allowed call took. */
    static Operation giveBackFirst() {
        return giveBack(false);
    }

    private static Operation giveBack(boolean last) {
        return of("give back", life -> {
            Optional<Decision.Receipt> receipt = life.ledger().givingBack(life.node(), last);
            receipt.ifPresent(r -> life.engine().quotas().giveBack(r));
        });
    }

    static Operation reserve(String hold, long units) {
        return of("reserve " + units, units, life -> {
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

    /** Units may be lost with a fault in it even if the node lives on, because nobody is told. */
    boolean losesWithFault() {
        return what.startsWith("stop") || what.startsWith("give back") || what.startsWith("tick") || what.startsWith("take under")
                || what.startsWith("release") || what.startsWith("settle") || what.startsWith("reserve");
    }

    /** What the node does from time to time. */
    static Operation tick() {
        return of("tick", life -> life.engine().tick());
    }

    /** Long enough after its last use, by the node's own clock. */
    static Operation tickLater() {
        return of("tick later", life -> {
            life.engine().tick();
            life.wait(Duration.ofSeconds(31));
            life.engine().tick();
        });
    }

    /** An orderly end; what follows happens on a new node. */
    static Operation stop() {
        return of("stop", life -> {
            life.engine().stop();
            life.answered(life::end);
        });
    }

    /** Before it takes, it begins the counter with what the old software counted, unless another node has. */
    static Operation takeCarriedOver(long units) {
        Operation take = take(units);
        return of("carry over and " + take.what, units, life -> {
            life.carryOver();
            take.call.on(life);
        });
    }

    static Operation reset() {
        return of("reset", life ->
                life.engine().quotas().reset(new Subject.User(ANN), FixedCatalog.SOLUTION, "test"));
    }

    static Operation changeTier(String tier) {
        return new Operation("change tier to " + tier, true, 1, life -> life.changeTier(ANN, tier));
    }
}
