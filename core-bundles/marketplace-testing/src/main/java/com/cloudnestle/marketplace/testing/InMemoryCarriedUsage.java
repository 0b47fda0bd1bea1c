package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carried usage in a form of its own: one item with the units of today and one for each day before. */
public final class InMemoryCarriedUsage implements CarriedUsage {

    private final InstantSource clock;

    public InMemoryCarriedUsage(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Carried carry(Entitlement entitlement, CatalogEntry solution, String action, Map<LocalDate, Long> unitsByDay) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, Object> counted = new HashMap<>(Map.of("today", 0L));
        List<Write> history = new ArrayList<>();
        unitsByDay.forEach((day, units) -> {
            if (day.isBefore(today)) {
                Key row = new Key(Table.USAGE, partition(entitlement.customerId(), solution.id(), action), "day#" + day);
                history.add(new Write.Put(new Item(row, Map.of("units", units)), Condition.NONE));
            } else {
                counted.merge("today", units, (a, b) -> (Long) a + (Long) b);
            }
        });
        Key key = counterKey(entitlement.customerId(), solution.id(), action);
        return new Carried(new Write.Put(new Item(key, counted), Condition.itemAbsent()), history);
    }

    @Override
    public Carried carryInto(Item counter, Entitlement entitlement, CatalogEntry solution, String action,
            Map<LocalDate, Long> unitsByDay) {
        Carried anew = carry(entitlement, solution, action, unitsByDay);
        long units = ((Write.Put) anew.counter()).item().number("today", 0);
        long seen = counter.number("today", 0);
        return new Carried(new Write.Change(counter.key(), Update.builder().set("today", seen + units).build(),
                Condition.equal("today", seen)), anew.history());
    }

    /** Units that count today; -1 if nothing was carried. */
    public static long today(Store store, String customerId, String solutionId, String action) {
        return store.get(counterKey(customerId, solutionId, action)).map(item -> item.number("today", 0)).orElse(-1L);
    }

    /** Units of an earlier day in the history. */
    public static long on(Store store, String customerId, String solutionId, String action, LocalDate day) {
        Key row = new Key(Table.USAGE, partition(customerId, solutionId, action), "day#" + day);
        return store.get(row).map(item -> item.number("units", 0)).orElse(0L);
    }

    /** Where the counter lies, for tests that count something before. */
    public static Key counterKey(String customerId, String solutionId, String action) {
        return new Key(Table.USAGE, partition(customerId, solutionId, action), "counter");
    }

    private static String partition(String customerId, String solutionId, String action) {
        return "carried#" + customerId + "#" + solutionId + "#" + action;
    }
}
