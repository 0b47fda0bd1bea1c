package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SEARCH;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several engines over one store, each as a process of its own would have it, with clocks of their own. */
final class Cluster {

    /** One process. */
    record Node(QuotaEngine engine, NodeStore store, ManualClock clock) {}

    final QuotaFixture fix;
    final List<Node> nodes = new ArrayList<>();

    Cluster(int size, QuotaSettings settings, TierPlan... tiers) {
        this(size, settings, Duration.ZERO, tiers);
    }

    /** @param since how long ago the customer's tier began */
    Cluster(int size, QuotaSettings settings, Duration since, TierPlan... tiers) {
        fix = new QuotaFixture(settings, true);
        fix.running = size;
        fix.publish(tiers);
        fix.clock.advance(since.negated());
        fix.tier(tiers.length == 0 ? "registered" : tiers[tiers.length - 1].tier());
        fix.clock.advance(since);
        for (int i = 0; i < size; i++) {
            start();
        }
    }

    /** A further process. */
    Node start() {
        ManualClock clock = new ManualClock(fix.clock.instant());
        NodeStore store = new NodeStore(fix.store);
        Node node = new Node(fix.over(store, clock, fix.settings), store, clock);
        nodes.add(node);
        return node;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    QuotaEngine engine(int number) {
        return nodes.get(number).engine;
    }

    /** Moves all clocks alike. */
    void advance(Duration by) {
        fix.clock.advance(by);
        nodes.forEach(node -> node.clock.advance(by));
    }

    boolean take(int number) {
        return take(number, 1);
    }

    boolean take(int number, long units) {
        return engine(number).decide(fix.request(fix.ann, units)) instanceof Allowed;
    }

    /** How many of so many calls on one node are allowed. */
    int allowed(int number, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += take(number) ? 1 : 0;
        }
        return allowed;
    }

    Allowed taken(int number, long units) {
        return (Allowed) engine(number).decide(fix.request(fix.ann, units));
    }

    Key counter() {
        return counter(fix.ann);
    }

    static Key counter(Subject subject) {
        return new CounterKey(subject.key(), SOLUTION, SEARCH).inStore();
    }

    /** The counter as stored. */
    Item item() {
        return fix.store.get(counter()).orElseThrow();
    }

    long stored(String attribute) {
        return item().number(attribute).orElseThrow();
    }

    /** Units by day, as a node tells them. */
    Map<LocalDate, Long> history(int number) {
        return engine(number).history().usage(fix.ann, LocalDate.of(2020, 1, 1), LocalDate.of(2030, 1, 1), null, 1000, null).rows()
                .stream()
                .collect(Collectors.toMap(DailyUsage::day, DailyUsage::units));
    }

    /** Units in the journal's row of a day, 0 if there is none. */
    long journal(String day) {
        return fix.store
                .get(new Key(Table.USAGE, "usage#" + fix.ann.key() + "#" + day.substring(0, 7),
                        day + "#" + SOLUTION + "#" + SEARCH))
                .map(item -> item.number("units", 0))
                .orElse(0L);
    }

    AccessRequest request(long units) {
        return fix.request(fix.ann, units);
    }
}
