package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The journal, together with the days that are still in the counters. */
final class MergedHistory implements UsageHistory {

    /** A day may go from a counter to the journal between two looks; then both are read again. */
    private static final int LOOKS = 3;

    /** Each month costs a query, and who asks may be anybody. */
    private static final int MAX_YEARS = 20;

    private final Store store;
    private final TermsSource source;
    private final Accounts accounts;

    MergedHistory(Store store, TermsSource source, Accounts accounts) {
        this.store = store;
        this.source = source;
        this.accounts = accounts;
    }

    @Override
    public UsagePage usage(
            Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit, @Nullable String cursor) {
        if (to.isBefore(from)) {
            throw MarketplaceException.invalid("to", "must not be before 'from'");
        }
        if (ChronoUnit.YEARS.between(from, to) >= MAX_YEARS) {
            throw MarketplaceException.invalid("to", "must be less than " + MAX_YEARS + " years after 'from'");
        }
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + Store.MAX_PAGE);
        }
        Position start = cursor == null ? new Position(YearMonth.from(from), null, "") : Position.parse(cursor);
        Span span = new Span(subject, from, to, solutionId);
        Map<String, Long> counted = inCounters(subject, solutionId);
        UsagePage page = page(span, start, limit, counted);
        for (int look = 1; look < LOOKS; look++) {
            Map<String, Long> now = inCounters(subject, solutionId);
            if (now.keySet().equals(counted.keySet())) {
                break;
            }
            counted = now;
            page = page(span, start, limit, counted);
        }
        return page;
    }

    private record Span(Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId) {
        boolean wants(DailyUsage row) {
            return row.units() > 0
                    && !row.day().isBefore(from)
                    && !row.day().isAfter(to)
                    && (solutionId == null || solutionId.equals(row.solutionId()));
        }
    }

    private UsagePage page(Span span, Position start, int limit, Map<String, Long> counted) {
        Position position = start;
        List<DailyUsage> rows = new ArrayList<>();
        while (!position.month.isAfter(YearMonth.from(span.to))) {
            Page page = store.query(Table.USAGE, UsageJournal.partition(span.subject.key(), position.month), "", false,
                    limit, position.page);
            NavigableMap<String, Long> merged = merge(page, position, counted);
            for (Map.Entry<String, Long> row : merged.entrySet()) {
                UsageJournal.row(row.getKey(), row.getValue()).filter(span::wants).ifPresent(rows::add);
                if (rows.size() >= limit) {
                    return new UsagePage(rows, Optional.of(position.after(row.getKey()).text()));
                }
            }
            position = page.cursor().isPresent()
                    ? new Position(position.month, page.cursor().get(), last(page, position.after))
                    : new Position(position.month.plusMonths(1), null, "");
        }
        return new UsagePage(rows, Optional.empty());
    }

    /** Rows of a page of the journal after the position, and those of counters that belong between them. */
    private static NavigableMap<String, Long> merge(Page page, Position position, Map<String, Long> counted) {
        NavigableMap<String, Long> merged = new TreeMap<>();
        for (Item item : page.items()) {
            merged.put(item.key().sk(), item.number("units", 0));
        }
        String last = page.cursor().isPresent() ? last(page, position.after) : null;
        counted.forEach((sort, units) -> {
            if (sort.startsWith(position.month.toString()) && (last == null || sort.compareTo(last) <= 0)) {
                merged.merge(sort, units, Long::sum);
            }
        });
        return merged.tailMap(position.after, false);
    }

    private static String last(Page page, String otherwise) {
        List<Item> items = page.items();
        return items.isEmpty() ? otherwise : items.get(items.size() - 1).key().sk();
    }

    /** Units by the sort key that they will have in the journal, those that this node has not handed out taken off. */
    private Map<String, Long> inCounters(Subject subject, @Nullable String solutionId) {
        List<String> solutions = solutionId == null ? source.solutionsOf(subject) : List.of(solutionId);
        Map<String, Long> counted = new TreeMap<>();
        for (String solution : solutions) {
            String cursor = null;
            do {
                Page page = store.query(Table.USAGE, CounterKey.partition(subject.key(), solution),
                        CounterKey.sortPrefix(), false, Store.MAX_PAGE, cursor);
                for (Item item : page.items()) {
                    count(item, counted);
                }
                cursor = page.cursor().orElse(null);
            } while (cursor != null);
        }
        return counted;
    }

    private void count(Item item, Map<String, Long> counted) {
        CounterKey key = CounterKey.of(item.key());
        CounterItem counter = CounterItem.of(item.attributes());
        if (key == null || counter.day == CounterItem.ABSENT) {
            return;
        }
        long spent = counter.dayUnits;
        Account account = accounts.find(key.subject, key.solution, key.action);
        if (account != null) {
            account.lock.lock(); // so that no block is on its way between the item and the account
            try {
                CounterItem fresh = CounterItem.of(store.get(item.key()));
                counter = fresh.there ? fresh : counter;
                spent = counter.dayUnits - unspent(account, counter.day);
            } finally {
                account.lock.unlock();
            }
        }
        counted.put(UsageJournal.sort(LocalDate.ofEpochDay(counter.day), key), Math.max(0, spent));
    }

    private static long unspent(Account account, long day) {
        Block block = account.block;
        Rest rest = account.rest;
        return (block != null && block.origin.day == day ? block.left() : 0)
                + (rest != null && rest.origin().day == day ? rest.units() : 0);
    }

    /** Where to go on: a month, the store's cursor of the page that was begun, and the last row that was looked at. */
    private record Position(YearMonth month, @Nullable String page, String after) {

        Position after(String sort) {
            return new Position(month, page, sort);
        }

        String text() {
            return month + "~" + encoded(page == null ? "" : page) + "~" + encoded(after);
        }

        static Position parse(String cursor) {
            try {
                String[] parts = cursor.split("~", -1);
                if (parts.length == 3) {
                    String page = decoded(parts[1]);
                    return new Position(YearMonth.parse(parts[0]), page.isEmpty() ? null : page, decoded(parts[2]));
                }
            } catch (DateTimeException | IllegalArgumentException e) {
                throw MarketplaceException.invalid("cursor", "is not one of ours; begin without it");
            }
            throw MarketplaceException.invalid("cursor", "is not one of ours; begin without it");
        }

        private static String encoded(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String decoded(String text) {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        }
    }
}
