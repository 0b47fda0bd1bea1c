package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Begins counters with old daily sums. Where it cannot be known whether a unit fell into a window, because the window turns in
 * the middle of a UTC day, it counts. Depends on no other service of the core, because entitlements depend on it.
 */
@Component
public final class CarriedCounts implements CarriedUsage {

    private final InstantSource clock;

    @Activate
    public CarriedCounts(@Reference InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Carried carry(
            Entitlement entitlement, CatalogEntry solution, String action, Map<LocalDate, Long> unitsByDay) {
        unitsByDay.forEach((day, units) -> {
            if (units < 0) {
                throw new IllegalArgumentException("units of " + day + " must not be negative, were " + units);
            }
        });
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        CounterKey key = new CounterKey(entitlement.customerId(), solution.id(), action);
        Map<String, Object> counter = new LinkedHashMap<>();
        counter.put(CounterItem.SINCE, entitlement.since().toEpochMilli());
        counter.put(CounterItem.TIER, entitlement.tier());
        counter.put(CounterItem.ERA, Counter.newEra());
        for (Limit limit : solution.tier(entitlement.tier()).map((TierPlan p) -> p.limits(action)).orElse(List.of())) {
            Window window = limit.window();
            Instant start = window.start(now, entitlement.since());
            long used = 0;
            for (Map.Entry<LocalDate, Long> day : unitsByDay.entrySet()) {
                used = Math.addExact(used, fallsInto(window, start, day.getKey(), now) ? day.getValue() : 0);
            }
            counter.put(CounterItem.WINDOW + window.name(), start.toEpochMilli());
            counter.put(CounterItem.USED + window.name(), used);
        }
        long ofToday = 0;
        List<Write> history = new ArrayList<>();
        for (Map.Entry<LocalDate, Long> day : new TreeMap<>(unitsByDay).entrySet()) {
            if (!day.getKey().isBefore(today)) {
                ofToday += day.getValue();
            } else if (day.getValue() > 0) {
                history.add(UsageJournal.first(key, day.getKey(), day.getValue()));
            }
        }
        counter.put(CounterItem.DAY, today.toEpochDay());
        counter.put(CounterItem.DAY_UNITS, ofToday);
        return new Carried(new Write.Put(new Item(key.inStore(), counter), Condition.itemAbsent()), history);
    }

    /** A window that has turned since begins with the old units alone; one that still runs, or a later one, has them added. */
    @Override
    public Carried carryInto(Item counter, Entitlement entitlement, CatalogEntry solution, String action,
            Map<LocalDate, Long> unitsByDay) {
        Carried anew = carry(entitlement, solution, action, unitsByDay);
        CounterItem begun = CounterItem.of(((Write.Put) anew.counter()).item().attributes());
        CounterItem seen = CounterItem.of(counter.attributes());
        Update.Builder update = Update.builder();
        List<Condition> conditions = new ArrayList<>(List.of(Condition.itemExists(), same(CounterItem.ERA, seen.era)));
        // Without a limit there may be no window: then something has to change all the same, so that the write is one.
        update.set(CounterItem.TIER, seen.tier);
        for (String window : begun.windows()) {
            conditions.add(same(CounterItem.WINDOW + window, seen.start(window)));
            if (seen.hasUsed(window) && seen.start(window) >= begun.start(window)) {
                add(update, CounterItem.USED + window, begun.used(window));
            } else {
                update.set(CounterItem.WINDOW + window, begun.start(window));
                update.set(CounterItem.USED + window, begun.used(window));
            }
        }
        List<Write> history = new ArrayList<>(anew.history());
        if (seen.day == CounterItem.ABSENT) { // of a release that wrote the day's row at once, so there may be one already
            conditions.add(Condition.absent(CounterItem.DAY));
            update.set(CounterItem.DAY, begun.day).set(CounterItem.DAY_UNITS, begun.dayUnits);
        } else if (begun.dayUnits > 0) { // a row can be written twice without counting twice, whatever day the counter is at
            history.add(UsageJournal.first(Objects.requireNonNull(CounterKey.of(counter.key())), LocalDate.ofEpochDay(begun.day), begun.dayUnits));
        }
        return new Carried(new Write.Change(counter.key(), update.build(), new Condition.And(conditions)), history);
    }

    private static Condition same(String attribute, long seen) {
        return seen == CounterItem.ABSENT ? Condition.absent(attribute) : Condition.equal(attribute, seen);
    }

    private static void add(Update.Builder update, String attribute, long units) {
        if (units != 0) {
            update.add(attribute, units);
        }
    }

    private static boolean fallsInto(Window window, Instant start, LocalDate day, Instant now) {
        if (window instanceof Window.Day calendarDay) {
            return !day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))
                    || day.equals(LocalDate.ofInstant(now, calendarDay.zone()));
        }
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(start);
    }
}
