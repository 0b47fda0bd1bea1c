package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The shared store as one node sees it: each call is a step that waits for its turn and may go wrong, and only writes of this
 * node are told to its watchers.
 */
final class NodeStore implements Store, StoreScan {

    private final World world;
    private final int node;
    private final SharedStore shared;
    private final WriteWatchers watchers = new WriteWatchers();
    private volatile boolean dead;

    NodeStore(World world, int node) {
        this.world = world;
        this.node = node;
        this.shared = world.store(node);
    }

    void die() {
        dead = true;
    }

    @Override
    public Optional<Item> get(Key key) {
        return read(Step.get(key), () -> shared.get(key));
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return read(Step.query(pk), () -> shared.query(table, pk, prefix, reverse, limit, cursor));
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("usage tables have no index");
    }

    @Override
    public Page scan(Table table, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("nothing that counts scans");
    }

    private <T> T read(Step step, Supplier<T> call) {
        Fault fault = turn(step);
        if (fault != Fault.NONE && !world.ground().make(node, fault)) {
            throw new StoreException.Unavailable("refused by the schedule");
        }
        return call.get();
    }

    @Override
    public WriteResult write(Write write) {
        return carriedOut(Step.write(write), List.of(write), () -> shared.write(write), WriteResult::applied);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        return carriedOut(Step.transaction(writes), writes, () -> shared.transact(writes), TransactResult::applied);
    }

    private <T> T carriedOut(Step step, List<Write> writes, Supplier<T> call, Predicate<T> applied) {
        Fault fault = turn(step);
        if (fault != Fault.NONE && world.ground().make(node, fault)) {
            return told(writes, call);
        }
        switch (fault) {
            case REFUSED -> throw new StoreException.Unavailable("refused by the schedule");
            case REPLY_LOST -> {
                call.get();
                throw unknown(writes);
            }
            case REQUEST_LOST -> throw unknown(writes);
            case DELAYED -> {
                world.later(step, call::get);
                throw unknown(writes);
            }
            case REPEATED -> {
                T result = told(writes, call);
                if (!applied.test(result)) {
                    world.ledger().mayLose(); // what was refused may be possible when it arrives again
                }
                world.later(step, call::get);
                return result;
            }
            case CRASH_AFTER -> {
                call.get();
                crash();
            }
            default -> { }
        }
        return told(writes, call);
    }

    private <T> T told(List<Write> writes, Supplier<T> call) {
        try {
            T result = call.get();
            watchers.written(writes);
            return result;
        } catch (StoreException.OutcomeUnknown e) {
            watchers.written(writes);
            throw e;
        }
    }

    private StoreException unknown(List<Write> writes) {
        watchers.written(writes);
        return new StoreException.OutcomeUnknown("lost by the schedule", new IOException("no reply"));
    }

    /** Waits for the turn. Threads that are no actors are not scheduled: what they do belongs to the step that waits for them. */
    private Fault turn(Step step) {
        if (dead) {
            throw new NodeCrash();
        }
        Actor actor = Actor.present();
        if (actor == null) {
            return Fault.NONE;
        }
        Fault fault = actor.reach(step);
        if (dead) {
            throw new NodeCrash();
        }
        if (fault == Fault.CRASH_BEFORE) {
            crash();
        }
        return fault;
    }

    private void crash() {
        dead = true;
        world.crashed();
        throw new NodeCrash();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }
}
