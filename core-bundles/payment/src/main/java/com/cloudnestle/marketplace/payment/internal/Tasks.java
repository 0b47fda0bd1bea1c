package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks in the store. */
final class Tasks {

    /** For so long a task belongs to who wrote it or took it up; longer than a call to a provider can take. */
    static final Duration HELD = Duration.ofSeconds(60);

    /** So soon a task is looked at again of which this version knows nothing: the node that knows it may be just starting. */
    private static final Duration STRANGE = Duration.ofMinutes(5);
    private static final Duration TOLD_AGAIN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
    private static final int PAGE = 100;
    /** Most of the time next to nothing is due, and what ends in a month lies there, too. */
    private static final int FEW = 10;

    private final Store store;
    private final InstantSource clock;
    /** What is held until before this moment was held by a process that is gone; of nothing that is known where others may live. */
    private final Instant orphanedBefore;
    private volatile @Nullable Instant strangeTold;

    Tasks(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.orphanedBefore = store.shared() ? Instant.MIN : held();
    }

    /** The moment at which what is written now is taken up by others, if the writer has not done it. */
    Instant held() {
        return clock.instant().plus(HELD);
    }

    static Write written(Task task) {
        return new Write.Put(task.item(), Condition.NONE);
    }

    /** Those that are due, the oldest of each partition first; at most some hundred. */
    List<Task> due() {
        List<Task> due = new ArrayList<>();
        Instant now = clock.instant();
        for (int shard = 0; shard < Task.SHARDS; shard++) {
            for (Item item : before(shard, now.isBefore(orphanedBefore) ? orphanedBefore : now)) {
                boolean late = item.key().sk().compareTo(after(now)) < 0;
                Task.of(item).filter(task -> late || orphaned(task)).ifPresent(due::add);
                if (late && Task.of(item).isEmpty()) {
                    strange(item);
                }
            }
        }
        due.sort(Comparator.comparing(Task::due));
        return due;
    }

    /** Whether a process that is gone held it. What it had asked of a provider is left the time to come to its end. */
    private boolean orphaned(Task task) {
        return (task.kind() == Task.Kind.EFFECT || task.kind() == Task.Kind.WEBHOOK) && task.due().isBefore(orphanedBefore);
    }

    /** Where the keys of tasks begin that are due after the moment. */
    private static String after(Instant moment) {
        return Task.moment(moment.toEpochMilli() + 1);
    }

    /** Nobody here can do it, and where it lies it would keep what can be done from being read. */
    private void strange(Item item) {
        Instant now = clock.instant();
        Instant told = strangeTold;
        if (told == null || !now.isBefore(told.plus(TOLD_AGAIN))) {
            strangeTold = now;
            LOG.error("event=payment_task_unreadable key={}; another version of this software wrote it: it is put off, and so are others"
                    + " like it, until that version runs", item.key().sk());
        }
        Item later = putOff(item, now.plus(STRANGE));
        store.transact(List.of(new Write.Delete(item.key(), Condition.itemExists()), new Write.Put(later, Condition.NONE)));
    }

    /** The same at another moment, in its key as in what it says of itself; all else stays as it is. */
    private static Item putOff(Item strange, Instant due) {
        Map<String, Object> attributes = new HashMap<>(strange.attributes());
        attributes.put("due", due.toEpochMilli());
        String sk = strange.key().sk();
        int rest = sk.indexOf('#');
        String moved = Task.moment(due.toEpochMilli()) + (rest < 0 ? "#" + sk : sk.substring(rest));
        return new Item(new Key(strange.key().table(), strange.key().pk(), moved), attributes);
    }

    private List<Item> before(int shard, Instant moment) {
        String end = after(moment);
        List<Item> found = new ArrayList<>();
        Page page = store.query(Table.PAYMENT_TRANSACTIONS, Task.partition(shard), "", false, FEW, null);
        found.addAll(page.items());
        if (page.cursor().isPresent() && found.get(found.size() - 1).key().sk().compareTo(end) < 0) {
            found.addAll(store.query(
                    Table.PAYMENT_TRANSACTIONS, Task.partition(shard), "", false, PAGE, page.cursor().get()).items());
        }
        found.removeIf(item -> item.key().sk().compareTo(end) >= 0);
        return found;
    }

    /** Takes the task up; empty if somebody else did, or it is done. */
    Optional<Task> take(Task task) {
        return move(task, held());
    }

    /** Puts the task off; empty if it is no longer there. */
    Optional<Task> move(Task task, Instant due) {
        Task moved = task.again(due);
        if (moved.due().equals(task.due())) {
            return Optional.of(task);
        }
        List<Write> writes = List.of(new Write.Delete(task.key(), Condition.itemExists()), written(moved));
        return store.transact(writes).applied() ? Optional.of(moved) : Optional.empty();
    }

    void done(Task task) {
        store.delete(task.key(), Condition.NONE);
    }
}
