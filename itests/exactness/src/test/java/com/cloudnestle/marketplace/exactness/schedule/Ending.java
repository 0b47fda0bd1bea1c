package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.Ledger.Place;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What must be true when a run is over. All nodes stop; a new one, whose calls do not fail, then takes until it is refused, so
 * that in every run demand exceeds the limit of the present windows, and what is left over was lost.
 */
final class Ending {

    private static final int MORE_THAN_ANY_LIMIT = 100;

    private final World world;
    private final Scenario scenario;
    private final Ledger ledger;
    private final int faults;
    private long lost;

    Ending(World world) {
        this.world = world;
        this.scenario = world.scenario();
        this.ledger = world.ledger();
        this.faults = (int) world.scheduler().taken().stream().filter(option -> option.fault() != Fault.NONE).count();
    }

    /** Units of the present windows that were counted but never allowed. */
    long lost() {
        return lost;
    }

    int faults() {
        return faults;
    }

    void check() {
        for (Node node : world.nodes()) {
            Node.Life life = node.lifeIfAny();
            if (life != null && !life.dead()) {
                life.engine().stop();
                life.end();
            }
        }
        boolean holds = scenario.scripts.stream()
                .flatMap(script -> script.operations().stream())
                .anyMatch(operation -> operation.what().startsWith("reserve"));
        Node auditor = new Node(world, scenario.nodes(), Duration.ZERO);
        Engine engine = auditor.life().engine();
        if (holds) {
            world.clock().advance(Operation.HOLD_LIFETIME.plusSeconds(30));
            ledger.holdsExpired();
            engine.tick();
        }
        checkHistoryNeverShort(engine);
        Decision last = drain(engine, Operation.ANN);
        ledger.checkAllDurable();
        checkAnswers();
        if (last instanceof Decision.Denied denied) {
            checkDenial(denied);
        } else {
            ledger.violated("no limit was ever reached");
        }
        engine.stop();
        checkHistory(engine);
    }

    private Decision drain(Engine engine, String customer) {
        Decision decision = engine.quotas().decide(Operation.request(customer, 1));
        for (int i = 0; i < MORE_THAN_ANY_LIMIT && decision instanceof Decision.Allowed; i++) {
            ledger.decided(scenario.nodes(), customer, 1, decision);
            decision = engine.quotas().decide(Operation.request(customer, 1));
        }
        return decision;
    }

    /** By the answers alone: no window was allowed more than its limit, each time its counting began. */
    private void checkAnswers() {
        for (Map.Entry<Place, Long> window : ledger.allowed().entrySet()) {
            long most = scenario.tiers.stream()
                    .flatMap(tier -> tier.limits().stream())
                    .filter(limit -> limit.window().name().equals(window.getKey().window()))
                    .mapToLong(limit -> limit.unlimited() ? Long.MAX_VALUE / 100 : limit.amount())
                    .max()
                    .orElse(0);
            if (window.getValue() > most * (1 + scenario.newEras)) {
                ledger.violated("allowed " + window.getValue() + " of " + most + " in " + window.getKey());
            }
        }
    }

    private void checkDenial(Decision.Denied denied) {
        boolean full = denied.state().windows().stream().anyMatch(window -> window.remaining() == 0);
        if (!full) {
            ledger.violated("refused although units are left: " + denied);
        }
        for (WindowState window : denied.state().windows()) {
            Place place = new Place(Operation.ANN, window.window(), window.resetsAt());
            lost = Math.max(lost, ledger.counted(place) - ledger.allowed(place));
        }
        if (lost > mayBeLost()) {
            ledger.violated("lost " + lost + " units, at most " + mayBeLost() + " may be");
        }
    }

    /** A block per fault; a block per node each time counters begin anew under other terms. */
    private long mayBeLost() {
        return (long) largest() * (faults + scenario.newEras * scenario.nodes());
    }

    private int largest() {
        return Math.max(scenario.lease, 2);
    }

    private void checkHistoryNeverShort(Engine engine) {
        long shown = history(engine);
        if (shown < ledger.allowed(Operation.ANN)) {
            ledger.violated("history shows " + shown + ", allowed were " + ledger.allowed(Operation.ANN));
        }
    }

    private void checkHistory(Engine engine) {
        checkHistoryNeverShort(engine);
        long most = ledger.allowed(Operation.ANN) + mayBeLost() + (long) scenario.midnights * largest() * scenario.nodes();
        if (history(engine) > most) {
            ledger.violated("history shows " + history(engine) + ", allowed were " + ledger.allowed(Operation.ANN)
                    + " and " + (most - ledger.allowed(Operation.ANN)) + " may be lost");
        }
    }

    private long history(Engine engine) {
        LocalDate day = scenario.start.atZone(ZoneOffset.UTC).toLocalDate();
        return engine.history()
                .usage(new Subject.User(Operation.ANN), day.minusDays(2), day.plusDays(3), null, 100, null)
                .rows()
                .stream()
                .mapToLong(DailyUsage::units)
                .sum();
    }
}
