package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Condition.Operator;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mistakes a store could make. Each is seeded into a sound store and must turn the contract suite red. */
enum SeededDefect {
    LESS_MEANS_AT_MOST(operator(Operator.LT, Operator.LE)),
    AT_LEAST_MEANS_GREATER(operator(Operator.GE, Operator.GT)),
    NOT_EQUAL_IS_TRUE_FOR_A_MISSING_ATTRIBUTE(compares(
            (compare) -> compare.operator() == Operator.NE ? orAbsent(compare) : compare)),
    MISSING_ATTRIBUTE_COMPARES_TRUE(compares(SeededDefect::orAbsent)),
    ALL_MEANS_ANY(conditions(condition ->
            condition instanceof Condition.And and && and.all().size() > 1 ? new Condition.Or(and.all()) : condition)),
    EXISTING_ITEM_IS_NOT_CHECKED(conditions(
            condition -> condition instanceof Condition.ItemAbsent ? Condition.NONE : condition)),
    CONDITION_OF_DELETE_IGNORED(writes(
            write -> write instanceof Write.Delete ? new Write.Delete(write.key(), Condition.NONE) : write)),
    CHECK_IGNORED(writes(
            write -> write instanceof Write.Check ? new Write.Check(write.key(), Condition.NONE) : write)),
    UPDATE_DOES_NOT_CREATE(writes(write -> write instanceof Write.Change change
            ? new Write.Change(
                    change.key(), change.update(), Condition.all(change.condition(), Condition.itemExists()))
            : write)),
    EXPIRED_ITEM_IS_VISIBLE(clock -> new InMemoryStore(() -> Instant.EPOCH)),
    EXPIRED_ONE_SECOND_LATE(clock -> new InMemoryStore(() -> clock.instant().minusSeconds(1))),
    EXPIRED_ITEM_IS_HIDDEN_FROM_CONDITIONS(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            if (inner.get(write.key()).isEmpty()) {
                inner.delete(write.key(), Condition.NONE);
            }
            return inner.write(write);
        }
    }),
    HALF_A_TRANSACTION_APPLIED(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public TransactResult transact(List<Write> writes) {
            TransactResult result = inner.transact(writes);
            if (!result.applied() && result.failure(0).isEmpty()) {
                inner.write(writes.get(0));
            }
            return result;
        }
    }),
    NO_ROLLBACK_AFTER_A_MALFORMED_WRITE(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public TransactResult transact(List<Write> writes) {
            try {
                return inner.transact(writes);
            } catch (IllegalArgumentException e) {
                if (!writes.isEmpty()) {
                    inner.write(writes.get(0));
                }
                throw e;
            }
        }
    }),
    ONLY_THE_FIRST_FAILURE_NAMED(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public TransactResult transact(List<Write> writes) {
            TransactResult result = inner.transact(writes);
            return result.applied() ? result : new TransactResult(false, result.failures().subList(0, 1));
        }
    }),
    SAME_KEY_TWICE_ACCEPTED(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public TransactResult transact(List<Write> writes) {
            Map<Key, Write> unique = new LinkedHashMap<>();
            writes.forEach(write -> unique.putIfAbsent(write.key(), write));
            return inner.transact(List.copyOf(unique.values()));
        }
    }),
    UPDATE_IS_NOT_ATOMIC(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            Optional<Item> before = inner.get(write.key());
            if (!(write instanceof Write.Change change) || before.isEmpty()) {
                return inner.write(write);
            }
            LockSupport.parkNanos(20_000); // wide enough for another thread to come between
            if (!InMemoryRules.holds(change.condition(), before)) {
                return new WriteResult(false, before);
            }
            return inner.put(InMemoryRules.after(change, before).orElseThrow());
        }
    }),
    PUT_MERGES(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            if (!(write instanceof Write.Put put) || put.item().attributes().isEmpty()) {
                return inner.write(write);
            }
            return inner.update(write.key(), new Update(put.item().attributes(), Map.of(), Set.of()),
                    put.condition());
        }
    }),
    OVERFLOW_WRAPS(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            try {
                return inner.write(write);
            } catch (IllegalArgumentException e) {
                if (e.getCause() instanceof ArithmeticException) {
                    return inner.update(
                            write.key(), StoreFixture.set("v", Long.MIN_VALUE), Condition.NONE);
                }
                throw e;
            }
        }
    }),
    ANSWERS_WITH_THE_ITEM_BEFORE(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            Optional<Item> before = inner.get(write.key());
            return new WriteResult(inner.write(write).applied(), before);
        }
    }),
    ANSWERS_NOTHING_WHEN_REFUSED(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public WriteResult write(Write write) {
            WriteResult result = inner.write(write);
            return result.applied() ? result : new WriteResult(false, Optional.empty());
        }
    }),
    HANDS_OUT_ITS_OWN_ARRAYS(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        private final Map<Key, Item> handedOut = new HashMap<>();

        @Override
        public Optional<Item> get(Key key) {
            return inner.get(key).map(item -> handedOut.computeIfAbsent(key, k -> item));
        }

        @Override
        public WriteResult write(Write write) {
            handedOut.remove(write.key());
            return inner.write(write);
        }
    }),
    ORDER_OF_JAVA_STRINGS(pages(page -> {
        List<Item> items = new ArrayList<>(page.items());
        items.sort(Comparator.comparing(item -> item.key().sk()));
        return new Page(items, page.cursor());
    })),
    CURSOR_ON_THE_LAST_PAGE(pages(page -> new Page(
            page.items(),
            page.items().isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.items().get(page.items().size() - 1).key().sk())))),
    CURSOR_FORGOTTEN(pages(page -> new Page(page.items(), Optional.empty()))),
    REVERSE_IGNORED(queries((query, store) -> store.query(
            query.table, query.pk, query.prefix, false, query.limit, query.cursor))),
    CURSOR_IGNORED(queries((query, store) -> store.query(
            query.table, query.pk, query.prefix, query.reverse, query.limit, null))),
    PREFIX_IGNORED(queries((query, store) -> store.query(
            query.table, query.pk, "", query.reverse, query.limit, query.cursor))),
    PREFIX_IS_A_PATTERN(queries((query, store) -> query.prefix.indexOf('_') < 0
            ? store.query(query.table, query.pk, query.prefix, query.reverse, query.limit, query.cursor)
            : store.query(
                    query.table, query.pk, query.prefix.substring(0, query.prefix.indexOf('_')), query.reverse,
                    query.limit, query.cursor))),
    INDEX_ANSWERS_FOR_EVERY_TABLE(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
            return table.indexed()
                    ? inner.index(table, g1, prefix, limit, cursor)
                    : new Page(List.of(), Optional.empty());
        }
    }),
    INDEX_IS_UNIQUE(clock -> new ForwardingStore(new InMemoryStore(clock)) {
        @Override
        public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
            Page page = inner.index(table, g1, prefix, limit, cursor);
            Map<Object, Item> unique = new LinkedHashMap<>();
            page.items().forEach(item -> unique.putIfAbsent(item.attributes().get(Item.G1_SORT), item));
            return new Page(List.copyOf(unique.values()), page.cursor());
        }
    });

    private final Function<ManualClock, Store> seeded;

    SeededDefect(Function<ManualClock, Store> seeded) {
        this.seeded = seeded;
    }

    Store store(ManualClock clock) {
        return seeded.apply(clock);
    }

    private record Query(
            Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {}

    @FunctionalInterface
    private interface Asking {
        Page ask(Query query, Store sound);
    }

    private static Function<ManualClock, Store> queries(Asking asking) {
        return clock -> new ForwardingStore(new InMemoryStore(clock)) {
            @Override
            public Page query(
                    Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
                return asking.ask(new Query(table, pk, prefix, reverse, limit, cursor), inner);
            }
        };
    }

    private static Function<ManualClock, Store> pages(UnaryOperator<Page> change) {
        return queries((query, sound) -> change.apply(
                sound.query(query.table, query.pk, query.prefix, query.reverse, query.limit, query.cursor)));
    }

    private static Function<ManualClock, Store> writes(UnaryOperator<Write> change) {
        return clock -> new ForwardingStore(new InMemoryStore(clock)) {
            @Override
            public WriteResult write(Write write) {
                return inner.write(change.apply(write));
            }

            @Override
            public TransactResult transact(List<Write> writes) {
                return inner.transact(writes.stream().map(change).toList());
            }
        };
    }

    private static Function<ManualClock, Store> conditions(UnaryOperator<Condition> change) {
        return writes(write -> {
            Condition condition = rewritten(write.condition(), change);
            if (write instanceof Write.Put put) {
                return new Write.Put(put.item(), condition);
            }
            if (write instanceof Write.Change update) {
                return new Write.Change(update.key(), update.update(), condition);
            }
            return write instanceof Write.Delete
                    ? new Write.Delete(write.key(), condition)
                    : new Write.Check(write.key(), condition);
        });
    }

    private static Function<ManualClock, Store> compares(Function<Condition.Compare, Condition> change) {
        return conditions(
                condition -> condition instanceof Condition.Compare compare ? change.apply(compare) : condition);
    }

    private static Function<ManualClock, Store> operator(Operator from, Operator to) {
        return compares(compare -> compare.operator() == from
                ? new Condition.Compare(compare.attribute(), to, compare.value())
                : compare);
    }

    private static Condition orAbsent(Condition.Compare compare) {
        return Condition.any(Condition.absent(compare.attribute()), compare);
    }

    private static Condition rewritten(Condition condition, UnaryOperator<Condition> change) {
        if (condition instanceof Condition.And and) {
            return change.apply(new Condition.And(
                    and.all().stream().map(part -> rewritten(part, change)).toList()));
        }
        if (condition instanceof Condition.Or or) {
            return change.apply(new Condition.Or(
                    or.any().stream().map(part -> rewritten(part, change)).toList()));
        }
        return change.apply(condition);
    }
}
