package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.dynamodb.internal.Adapter;
import com.cloudnestle.marketplace.store.dynamodb.internal.DynamoDbStore;
import com.cloudnestle.marketplace.store.dynamodb.internal.DynamoDbTables;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** DynamoDB Local, which the nodes reach through the store's adapter and a proxy each, where the faults are made. */
final class DynamoDbGround implements Ground, AutoCloseable {

    private final int nodes;
    private final BiFunction<URI, InstantSource, Store> adapter;
    private final Map<Integer, NodeLink> links = new HashMap<>();
    private final Set<Key> written = ConcurrentHashMap.newKeySet();
    private final InstantSource clock = this::now;
    private final DynamoDbStore plain = Emulator.PLAIN;
    private volatile InstantSource present = () -> Scenario.EVENING;

    /** One for all, with its tables; a run that is later finds nothing of those before. */
    private static final class Emulator {
        private static final DynamoDbLocal DATABASE = DynamoDbLocal.start();
        private static final DynamoDbStore PLAIN;

        static {
            DynamoDbTables.create(DATABASE.endpoint(), () -> Scenario.EVENING);
            PLAIN = DynamoDbTables.open(DATABASE.endpoint(), () -> Scenario.EVENING).store();
        }
    }

    /**
     * @param nodes those that use the adapter under test; whoever else there is, the one who counts at the end among them, uses
     *     the sound one, and nothing goes wrong on the way
     * @param adapter opens the adapter under test on an address, with a clock
     */
    DynamoDbGround(int nodes, BiFunction<URI, InstantSource, Store> adapter) {
        this.nodes = nodes;
        this.adapter = adapter;
    }

    static DynamoDbGround sound(int nodes) {
        return new DynamoDbGround(nodes, new Adapter());
    }

    private Instant now() {
        return present.instant();
    }

    @Override
    public Store fresh(InstantSource newClock) {
        present = newClock;
        clear();
        if (!plain.scan(Table.USAGE, 1, null).items().isEmpty()) {
            throw new IllegalStateException("something of an earlier run is left and would count in this one");
        }
        return new Noting(plain);
    }

    private void clear() {
        for (Key key : written) {
            plain.delete(key, Condition.NONE);
        }
        written.clear();
    }

    @Override
    public Store of(int node) {
        return new Noting(node < nodes ? link(node).store() : plain);
    }

    private NodeLink link(int node) {
        return links.computeIfAbsent(
                node, n -> new NodeLink(n, Emulator.DATABASE, address -> adapter.apply(address, clock)));
    }

    @Override
    public boolean make(int node, Fault fault) {
        NodeLink link = link(node);
        switch (fault) {
            case REFUSED -> link.throttle();
            case REPLY_LOST -> link.loseReply();
            case REQUEST_LOST -> link.loseRequest();
            case REPEATED -> link.repeat();
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        links.values().forEach(NodeLink::close);
        clear();
    }

    /** Remembers what has to be deleted before the next run. */
    private final class Noting extends ForwardingStore {
        private Noting(Store inner) {
            super(inner);
        }

        @Override
        public WriteResult write(Write write) {
            written.add(write.key());
            return super.write(write);
        }

        @Override
        public TransactResult transact(List<Write> writes) {
            writes.forEach(write -> written.add(write.key()));
            return super.transact(writes);
        }
    }
}
