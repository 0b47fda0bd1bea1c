package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Daily sums, one item per subject, UTC day, solution and action, in one partition per month so that a year's history is
 * read without touching other years. They are written in the same transaction as the counter they explain.
 */
@Component
public final class UsageJournal implements UsageHistory {

    private final Store store;

    @Activate
    public UsageJournal(@Reference Store store) {
        this.store = store;
    }

    static Write add(Subject subject, String solutionId, String action, long units, Instant at, OptionalLong ttl) {
        Update.Builder update = Update.builder().add("units", units);
        ttl.ifPresent(second -> update.set(Item.TTL, second));
        return new Write.Change(key(subject, solutionId, action, at), update.build(), Condition.NONE);
    }

    static Write subtract(Subject subject, String solutionId, String action, long units, Instant at) {
        return new Write.Change(
                key(subject, solutionId, action, at),
                Update.builder().add("units", -units).build(),
                Condition.atLeast("units", units));
    }

    private static Key key(Subject subject, String solutionId, String action, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        return new Key(Table.USAGE, partition(subject, YearMonth.from(day)), day + "#" + solutionId + "#" + action);
    }

    private static String partition(Subject subject, YearMonth month) {
        return "usage#" + subject.key() + "#" + month;
    }

    @Override
    public UsagePage usage(
            Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit, @Nullable String cursor) {
        if (to.isBefore(from)) {
            throw MarketplaceException.invalid("to", "must not be before 'from'");
        }
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + Store.MAX_PAGE);
        }
        Position position = cursor == null ? new Position(YearMonth.from(from), null) : Position.parse(cursor);
        List<DailyUsage> rows = new ArrayList<>();
        while (!position.month.isAfter(YearMonth.from(to))) {
            Page page = store.query(
                    Table.USAGE, partition(subject, position.month), "", false, limit - rows.size(), position.after);
            for (Item item : page.items()) {
                row(item).filter(r -> wanted(r, from, to, solutionId)).ifPresent(rows::add);
            }
            position = page.cursor().isPresent()
                    ? new Position(position.month, page.cursor().get())
                    : new Position(position.month.plusMonths(1), null);
            if (rows.size() >= limit) {
                return new UsagePage(rows, Optional.of(position.text()));
            }
        }
        return new UsagePage(rows, Optional.empty());
    }

    private static boolean wanted(DailyUsage row, LocalDate from, LocalDate to, @Nullable String solutionId) {
        return row.units() > 0
                && !row.day().isBefore(from)
                && !row.day().isAfter(to)
                && (solutionId == null || solutionId.equals(row.solutionId()));
    }

    private static Optional<DailyUsage> row(Item item) {
        String[] parts = item.key().sk().split("#");
        return parts.length == 3
                ? Optional.of(new DailyUsage(LocalDate.parse(parts[0]), parts[1], parts[2], item.number("units", 0)))
                : Optional.empty();
    }

    /** Where to go on: a month, and the store's cursor within it. */
    private record Position(YearMonth month, @Nullable String after) {

        String text() {
            return month + (after == null ? "" : "~" + after);
        }

        static Position parse(String cursor) {
            try {
                int mark = cursor.indexOf('~');
                return mark < 0
                        ? new Position(YearMonth.parse(cursor), null)
                        : new Position(YearMonth.parse(cursor.substring(0, mark)), cursor.substring(mark + 1));
            } catch (DateTimeException e) {
                throw MarketplaceException.invalid("cursor", "is not one of ours; begin without it");
            }
        }
    }
}
