package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.internal.Counter.Slot;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes a node makes to counters. Each has two conditions that let nobody be granted a unit twice: era, windows
 * and day are still those seen, and this node's last write is still the one seen. So a repeated or late request finds the
 * number of a later write, or a window that moved on, and does nothing. Writes of other nodes in the same windows do
 * not disturb.
 */
final class CounterWrites {

    /** Other nodes' numbers are dropped beyond so many, to keep the item below the size that doubles its price. */
    private static final int MAX_NODES = 8;

    /** Numbers are milliseconds; a request this old no longer arrives. */
    private static final long FORGET_AFTER_MILLIS = 600_000;

    private final String node;

    CounterWrites(String node) {
        this.node = node;
    }

    String node() {
        return node;
    }

    /**
     * Takes units, and takes a rest out again in the same write.
     *
     * @param units at least 1
     * @param sequence higher than that of every write before
     * @param ttl epoch seconds after which the counters may be forgotten, or {@link CounterItem#ABSENT}
     * @param withJournal false if a day's row that the rest would be taken out of is gone
     */
    Change take(
            Account account, Counter counter, long units, @Nullable Rest rest, long sequence, long ttl, boolean withJournal) {
        CounterItem item = counter.item();
        boolean dayTurns = item.day != CounterItem.ABSENT && item.day < counter.day() && item.dayUnits != CounterItem.ABSENT;
        Draft draft = new Draft(item);
        if (item.there) {
            draft.same(CounterItem.SINCE, item.since).same(CounterItem.ERA, item.era).same(CounterItem.DAY, item.day);
            draft.same(CounterItem.SEQUENCE + node, item.sequence(node));
            if (counter.reset()) {
                draft.same(Item.TTL, item.ttl);
            }
        } else {
            draft.conditions.add(Condition.itemAbsent());
        }
        draft.set(CounterItem.SINCE, counter.since());
        draft.set(CounterItem.TIER, counter.terms().tier());
        draft.set(CounterItem.ERA, counter.era());
        draft.set(CounterItem.SEQUENCE + node, sequence);
        boolean turns = counter.reset();
        for (Slot slot : counter.slots()) {
            draft.take(slot, units - counter.contained(slot, rest), units, dayTurns);
            turns |= !slot.current();
        }
        if (ttl != CounterItem.ABSENT) {
            draft.set(Item.TTL, ttl);
        }
        draft.forgetNodes(sequence, turns);
        List<Write> more = new ArrayList<>(2);
        count(account, counter, units, rest, draft, dayTurns, ttl, withJournal, more);
        List<Write> writes = new ArrayList<>(3);
        writes.add(draft.change(account));
        writes.addAll(more);
        return new Change(writes, sequence, draft.after(), dayTurns);
    }

    /** What the day's number becomes, and what goes to the journal when the day turns. */
    private static void count(
            Account account, Counter counter, long units, @Nullable Rest rest, Draft draft, boolean dayTurns, long ttl,
            boolean withJournal, List<Write> more) {
        CounterItem item = counter.item();
        long restDay = rest == null ? CounterItem.ABSENT : rest.origin().day;
        long ofItsDay = restDay == item.day && rest != null ? Math.min(rest.units(), Math.max(0, item.dayUnits)) : 0;
        if (dayTurns) {
            draft.same(CounterItem.DAY_UNITS, item.dayUnits);
            draft.set(CounterItem.DAY, counter.day()).set(CounterItem.DAY_UNITS, units);
            if (item.dayUnits - ofItsDay > 0) {
                more.add(UsageJournal.add(account.id, item.day, item.dayUnits - ofItsDay, ttl));
            }
        } else if (item.day == counter.day() && item.dayUnits != CounterItem.ABSENT) {
            draft.add(CounterItem.DAY_UNITS, units - ofItsDay);
            if (units < ofItsDay) {
                draft.conditions.add(Condition.atLeast(CounterItem.DAY_UNITS, ofItsDay - units));
            }
        } else {
            draft.set(CounterItem.DAY, counter.day()).set(CounterItem.DAY_UNITS, units);
        }
        if (rest != null && withJournal && item.day != CounterItem.ABSENT && restDay < item.day) {
            more.add(UsageJournal.subtract(account.id, restDay, rest.units())); // another node turned the day
        }
    }

    /**
     * Takes units out again wherever they are still counted; null if they are nowhere.
     *
     * @param withJournal false if the day's row is gone
     */
    @Nullable Change credit(
            Account account, CounterItem item, Origin origin, long units, long sequence, boolean withJournal) {
        if (!item.there) {
            return null;
        }
        Draft draft = new Draft(item);
        draft.conditions.add(Condition.itemExists());
        draft.same(CounterItem.ERA, item.era).same(CounterItem.DAY, item.day);
        draft.same(CounterItem.SEQUENCE + node, item.sequence(node));
        boolean any = false;
        for (String window : origin.windows) {
            if (origin.countedIn(item, window) && item.used(window) >= units) {
                draft.same(CounterItem.WINDOW + window, item.start(window));
                draft.add(CounterItem.USED + window, -units);
                draft.conditions.add(Condition.atLeast(CounterItem.USED + window, units));
                any = true;
            }
        }
        List<Write> writes = new ArrayList<>(2);
        if (item.day == origin.day && item.dayUnits >= units) {
            draft.add(CounterItem.DAY_UNITS, -units);
            draft.conditions.add(Condition.atLeast(CounterItem.DAY_UNITS, units));
            any = true;
        } else if (withJournal && item.day != CounterItem.ABSENT && origin.day < item.day) {
            writes.add(UsageJournal.subtract(account.id, origin.day, units));
            any = true;
        }
        if (!any) {
            return null;
        }
        draft.set(CounterItem.SEQUENCE + node, sequence);
        writes.add(0, draft.change(account));
        return new Change(writes, sequence, item, false);
    }

    /** Leaves this node's number in the item, so that a credit can refer to it. */
    Change mark(Account account, CounterItem item, long sequence) {
        Draft draft = new Draft(item);
        draft.conditions.add(Condition.itemExists());
        draft.same(CounterItem.SEQUENCE + node, item.sequence(node));
        draft.set(CounterItem.SEQUENCE + node, sequence);
        return new Change(List.of(draft.change(account)), sequence, item, false);
    }

    /** Sets all windows to 0 under a new era; the day's number stays, less the rest. */
    Change reset(Account account, CounterItem item, @Nullable Rest rest, long sequence) {
        Draft draft = new Draft(item);
        draft.conditions.add(Condition.itemExists());
        draft.same(CounterItem.SINCE, item.since).same(CounterItem.ERA, item.era).same(CounterItem.DAY, item.day);
        draft.same(CounterItem.SEQUENCE + node, item.sequence(node));
        draft.set(CounterItem.ERA, Counter.newEra()).set(CounterItem.SEQUENCE + node, sequence);
        for (String window : item.windows()) {
            draft.set(CounterItem.USED + window, 0L);
        }
        if (rest != null && rest.origin().day == item.day && item.dayUnits >= rest.units()) {
            draft.add(CounterItem.DAY_UNITS, -rest.units());
            draft.conditions.add(Condition.atLeast(CounterItem.DAY_UNITS, rest.units()));
        }
        return new Change(List.of(draft.change(account)), sequence, item, false);
    }

    /** Collects an update, its conditions, and what the item would be after it. */
    private final class Draft {
        private final CounterItem item;
        private final Update.Builder update = Update.builder();
        private final List<Condition> conditions = new ArrayList<>();
        private final Map<String, Object> after = new LinkedHashMap<>();

        Draft(CounterItem item) {
            this.item = item;
        }

        Draft same(String attribute, long seen) {
            conditions.add(
                    seen == CounterItem.ABSENT ? Condition.absent(attribute) : Condition.equal(attribute, seen));
            return this;
        }

        Draft set(String attribute, Object value) {
            update.set(attribute, value);
            after.put(attribute, value);
            return this;
        }

        Draft add(String attribute, long amount) {
            if (amount != 0) {
                update.add(attribute, amount);
            }
            return this;
        }

        /** @param exact whether nobody else may have taken units meanwhile, so that the result is known beforehand */
        void take(Slot slot, long net, long units, boolean exact) {
            String used = CounterItem.USED + slot.name();
            same(CounterItem.WINDOW + slot.name(), slot.storedStart());
            if (!slot.current()) {
                set(CounterItem.WINDOW + slot.name(), slot.start());
                set(used, units);
                return;
            }
            add(used, net);
            after.put(CounterItem.WINDOW + slot.name(), slot.start());
            after.put(used, slot.used() + net);
            if (exact) {
                conditions.add(Condition.equal(used, slot.used()));
            } else if (net < 0) {
                conditions.add(Condition.atLeast(used, -net));
            } else if (net > 0 && !slot.limit().unlimited()) {
                conditions.add(Condition.atMost(used, slot.limit().amount() - net));
            }
        }

        /** @param all whether a window turned, after which no request made before can apply */
        void forgetNodes(long sequence, boolean all) {
            List<String> nodes = item.nodes();
            for (String other : nodes) {
                boolean old = sequence - item.sequence(other) > FORGET_AFTER_MILLIS;
                if (!other.equals(node) && (all || old && nodes.size() > MAX_NODES)) {
                    update.remove(CounterItem.SEQUENCE + other);
                }
            }
        }

        CounterItem after() {
            return CounterItem.of(after);
        }

        Write change(Account account) {
            return new Write.Change(account.key, update.build(), new Condition.And(conditions));
        }
    }
}
