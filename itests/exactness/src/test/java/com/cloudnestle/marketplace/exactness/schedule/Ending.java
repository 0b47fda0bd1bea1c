package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.catalog.Window;
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

    private static final int MORE_THAN_ANY_LIMIT = 64;

    private final World world;
    private final Scenario scenario;
    private final Ledger ledger;
    private final int faults;
    private final int crashes;
    private final int delays;
    private long lost;

    Ending(World world) {
        this.world = world;
        this.scenario = world.scenario();
        this.ledger = world.ledger();
        this.faults = (int) world.scheduler().taken().stream().filter(option -> option.fault() != Fault.NONE).count();
        this.crashes = (int) world.scheduler().taken().stream().filter(option -> option.fault().crash()).count();
        this.delays = (int) world.scheduler().taken().stream().filter(option -> option.fault() == Fault.DELAYED).count();
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
            ledger.holdsExpired(world.clock().instant());
            engine.tick();
        }
        checkHistoryNeverShort(engine);
        Decision.Denied last = (Decision.Denied) drain(engine, Operation.ANN);
        ledger.checkAllDurable();
        checkAnswers();
        checkDenial(last);
        engine.stop();
        checkHistory(engine);
    }

    /** Takes what the answers say is left, or ever less if that is refused, until even one unit is refused. */
    private Decision drain(Engine engine, String customer) {
        long units = MORE_THAN_ANY_LIMIT;
        while (true) {
            Decision decision = engine.quotas().decide(Operation.request(customer, units));
            if (decision instanceof Decision.Allowed) {
                ledger.decided(scenario.nodes(), customer, units, decision, world.clock().instant(), engine);
                units = 1;
            } else if (units == 1) {
                return decision;
            } else {
                long left = decision.state().binding().map(WindowState::remaining).orElse(0L);
                units = left > 0 && left < units ? left : Math.max(1, units / 2);
            }
        }
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

    /**
     * A block, or what one call takes, per crash and per call whose outcome nobody learned; a block per node each time counters
     * begin anew; and what a request takes that arrives, or arrives again, when its sender has been refused meanwhile. A request
     * or reply that was lost costs nothing: the node looks and asks again; unless another node opened the next day meanwhile,
     * which forgets all nodes' numbers: then the units stay counted in windows that run on.
     */
    private long mayBeLost() {
        return largest() * (crashes + delays + forgotten() + ledger.losing() + scenario.newEras * scenario.nodes());
    }

    private long forgotten() {
        boolean runsOn = scenario.tiers.stream()
                .flatMap(tier -> tier.limits().stream())
                .anyMatch(limit -> limit.window() instanceof Window.Lifetime);
        return scenario.midnights == 0 || !runsOn
                ? 0
                : world.scheduler().taken().stream().filter(option -> option.fault().unknown()).count();
    }

    /** Units that one write to the store may take. */
    private long largest() {
        return scenario.scripts.stream()
                .flatMap(script -> script.operations().stream())
                .mapToLong(Operation::units)
                .reduce(scenario.lease, Math::max);
    }

    /** @return units the history shows */
    private long checkHistoryNeverShort(Engine engine) {
        long shown = history(engine);
        if (shown < ledger.allowed(Operation.ANN)) {
            ledger.violated("history shows " + shown + ", allowed were " + ledger.allowed(Operation.ANN));
        }
        return shown;
    }

    private void checkHistory(Engine engine) {
        long shown = checkHistoryNeverShort(engine);
        long most = ledger.allowed(Operation.ANN) + mayBeLost() + scenario.midnights * largest() * scenario.nodes();
        if (shown > most) {
            ledger.violated("history shows " + shown + ", allowed were " + ledger.allowed(Operation.ANN)
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
