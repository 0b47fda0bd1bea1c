package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes all that is kept of a subject's usage. Doing it again, or after a part of it was done, is no error. */
final class Forgetting {

    private final Store store;
    private final QuotaEngine engine;
    private final HandBack handBack;

    Forgetting(Store store, QuotaEngine engine, HandBack handBack) {
        this.store = store;
        this.engine = engine;
        this.handBack = handBack;
    }

    /** Counters and what lies beside them, and keys of repeated calls. */
    void counters(Subject subject, String solutionId) {
        for (Item item : items(CounterKey.partition(subject.key(), solutionId))) {
            CounterKey counter = CounterKey.of(item.key());
            if (counter == null) {
                store.delete(item.key(), Condition.NONE);
            } else {
                engine.underLock(subject, counter.solution, counter.action, account -> {
                    handBack.forget(account);
                    store.delete(item.key(), Condition.NONE);
                });
            }
        }
        items(IdempotencyKeys.partition(subject.key(), solutionId))
                .forEach(item -> store.delete(item.key(), Condition.NONE));
    }

    void history(Subject subject, LocalDate from, LocalDate to) {
        for (YearMonth month = YearMonth.from(from); !month.isAfter(YearMonth.from(to)); month = month.plusMonths(1)) {
            items(UsageJournal.partition(subject.key(), month)).forEach(item -> store.delete(item.key(), Condition.NONE));
        }
    }

    private List<Item> items(String partition) {
        List<Item> items = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page page = store.query(Table.USAGE, partition, "", false, Store.MAX_PAGE, cursor);
            items.addAll(page.items());
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        return items;
    }
}
