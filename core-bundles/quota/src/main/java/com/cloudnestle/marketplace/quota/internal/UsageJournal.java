package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Daily sums, one item per subject, UTC day, solution and action, in one partition per month so that a year's history is read
 * without touching other years. A day's sum stays in the counter until the day is over and goes to the journal in the same
 * transaction that opens the next day.
 */
final class UsageJournal {

    private UsageJournal() {}

    /** Adds units to the row of a day. */
    static Write add(CounterKey counter, long day, long units, long ttl) {
        Update.Builder update = Update.builder().add("units", units);
        if (ttl != CounterItem.ABSENT) {
            update.set(Item.TTL, ttl);
        }
        return new Write.Change(key(counter, day), update.build(), Condition.NONE);
    }

    /** A row for a day that has none yet. */
    static Write first(CounterKey counter, LocalDate day, long units) {
        return new Write.Put(
                new Item(key(counter, day.toEpochDay()), java.util.Map.of("units", units)), Condition.itemAbsent());
    }

    /** Takes units out of the row of a day; fails if the row holds fewer. */
    static Write subtract(CounterKey counter, long day, long units) {
        return new Write.Change(
                key(counter, day),
                Update.builder().add("units", -units).build(),
                Condition.atLeast("units", units));
    }

    private static Key key(CounterKey counter, long epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return new Key(Table.USAGE, partition(counter.subject, YearMonth.from(day)), sort(day, counter));
    }

    static String partition(String subject, YearMonth month) {
        return "usage#" + subject + "#" + month;
    }

    /** Rows are ordered by this. */
    static String sort(LocalDate day, CounterKey counter) {
        return day + "#" + counter.solution + "#" + counter.action;
    }

    /** The row with this sort key; empty if it is none. */
    static Optional<DailyUsage> row(String sort, long units) {
        String[] parts = sort.split("#");
        return parts.length == 3
                ? Optional.of(new DailyUsage(LocalDate.parse(parts[0]), parts[1], parts[2], units))
                : Optional.empty();
    }
}
