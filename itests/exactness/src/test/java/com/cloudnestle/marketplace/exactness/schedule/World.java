package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything of one run: the store, the clocks, the nodes and what is counted outside of them. */
final class World {

    private final Scenario scenario;
    private final EngineMaker maker;
    private final ManualClock clock;
    private final Ground ground;
    private final Store plain;
    private final Ledger ledger;
    private final AuditLog audit;
    private final FixedCatalog catalog;
    private final Scheduler scheduler;
    private final List<Entitlement> truth = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int later;

    World(Scenario scenario, EngineMaker maker, Ground ground) {
        this.scenario = scenario;
        this.maker = maker;
        this.clock = new ManualClock(scenario.start);
        this.catalog = new FixedCatalog(scenario.tiers.toArray(TierPlan[]::new));
        this.ledger = new Ledger(scenario.tiers);
        this.audit = new RecordingAuditLog(clock);
        this.ground = ground;
        this.plain = ground.fresh(clock);
        this.scheduler = new Scheduler(scenario.faults, scenario.mostFaults);
        Instant since = scenario.start.minus(Duration.ofDays(1));
        truth.add(KnownEntitlements.entitlement(Operation.ANN, "registered", since));
        ledger.before(Operation.ANN, "registered", scenario.start, scenario.oldUsage);
        truth.add(KnownEntitlements.entitlement("bob", "registered", since));
        for (int i = 0; i < scenario.nodes(); i++) {
            nodes.add(new Node(this, i, i < scenario.skews.size() ? scenario.skews.get(i) : Duration.ZERO));
        }
        List<String> names = new ArrayList<>();
        for (Scenario.Script script : scenario.scripts) {
            String name = "node" + script.node();
            name += names.contains(name) ? "'" : "";
            names.add(name);
            Node node = nodes.get(script.node());
            scheduler.add(Actor.thread(name, script.node(), () -> node.play(script)));
        }
        for (Scenario.Happening happening : scenario.happenings) {
            scheduler.add(Actor.surroundings(
                    happening.what(), -1, Step.everywhere(happening.what()), () -> happening.effect().accept(this)));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    EngineMaker maker() {
        return maker;
    }

    ManualClock clock() {
        return clock;
    }

    Ground ground() {
        return ground;
    }

    /** The store as a node reaches it. */
    SharedStore store(int node) {
        return new SharedStore(ground.of(node), plain, ledger::stored);
    }

    /** The store as nobody disturbs it. */
    Store plain() {
        return plain;
    }

    Ledger ledger() {
        return ledger;
    }

    AuditLog audit() {
        return audit;
    }

    FixedCatalog catalog() {
        return catalog;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The entitlements as they are, which a node that starts now reads. */
    synchronized List<Entitlement> truth() {
        return List.copyOf(truth);
    }

    /** Audit entries made so far. */
    List<AuditEntry> audited() {
        return audit.latest(1000, null);
    }

    /** Whether nothing has gone wrong yet. */
    boolean calm() {
        return scheduler.taken().stream().allMatch(option -> option.fault() == Fault.NONE);
    }

    /** Faults that befell the steps of an actor. */
    int faultsOn(@Nullable Actor actor) {
        return (int) scheduler.taken().stream()
                .filter(option -> option.actor() == actor && option.fault() != Fault.NONE)
                .count();
    }

    /** A moment at which others may act, before the present actor goes on. */
    void pause(String before) {
        Objects.requireNonNull(Actor.present()).reach(Step.local(before));
    }

    /** The request arrives when the schedule says. */
    void later(Step step, Runnable arrival) {
        String name = "delayed" + ++later + " of " + Objects.requireNonNull(Actor.present()).name();
        scheduler.add(Actor.surroundings(name, -1, step, arrival));
    }

    /** The node of the present actor is no more. */
    void crashed() {
        Actor actor = Objects.requireNonNull(Actor.present());
        Node.Life life = nodes.get(actor.node()).lifeIfAny();
        if (life != null) {
            life.die();
        }
        scheduler.crash(actor);
    }

    /** Changes the tier; the other nodes learn of it at any later step. */
    synchronized Entitlement changeTier(String customer, String tier, int by) {
        Entitlement before = truth.stream().filter(e -> e.customerId().equals(customer)).findFirst().orElseThrow();
        Instant now = clock.instant();
        Instant since = now.isAfter(before.since()) ? now : before.since().plusMillis(1);
        Entitlement after = KnownEntitlements.entitlement(customer, tier, since);
        truth.set(truth.indexOf(before), after);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (i != by) {
                String what = "node" + i + " learns of " + tier;
                scheduler.add(Actor.surroundings(what, i, Step.local(what), () -> {
                    Node.Life life = node.lifeIfAny();
                    if (life != null) {
                        life.entitlements().learn(after);
                    }
                }));
            }
        }
        return after;
    }
}
