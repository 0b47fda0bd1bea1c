package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a second JVM does with a store. */
final class StoreProcess {

    static final Key COUNTER = new Key(Table.USAGE, "counter", "all");
    static final Update ONE_MORE = Update.builder().add("n", 1).build();
    static final int ACKNOWLEDGED_PER_LINE = 300;

    private StoreProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "hold" -> hold(folder);
            case "count" -> count(folder, Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            case "halt" -> halt(folder, arguments[2]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Opens the store, says so or why not, and waits until its input ends. */
    private static void hold(Path folder) throws Exception {
        try {
            OpenStore open = OpenStore.in(folder);
            System.out.println("open");
            System.in.read();
            open.close();
        } catch (StoreRefusedException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Counts on many threads until it is killed: single updates, and transactions over two tables. */
    private static void count(Path folder, Path acknowledgements, int writers) throws Exception {
        Acknowledgements acks = Acknowledgements.map(acknowledgements, writers);
        Store store = OpenStore.in(folder).store();
        AtomicLong acknowledged = new AtomicLong();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            new Thread(() -> {
                while (true) {
                    acks.tried(writer);
                    store.transact(List.of(
                            new Write.Change(COUNTER, ONE_MORE, Condition.NONE),
                            new Write.Change(left(writer), ONE_MORE, Condition.NONE),
                            new Write.Change(right(writer), ONE_MORE, Condition.NONE)));
                    acks.acknowledged(writer);
                    if (acknowledged.incrementAndGet() % ACKNOWLEDGED_PER_LINE == 0) {
                        System.out.println("more");
                    }
                }
            }).start();
        }
    }

    static Key left(int writer) {
        return new Key(Table.USERS, "pair", "writer" + writer);
    }

    static Key right(int writer) {
        return new Key(Table.AUDIT, "pair", "writer" + writer);
    }

    /** Puts five items in one transaction and ends the process at the named moment, with no chance to clean up. */
    private static void halt(Path folder, String moment) throws Exception {
        HookedConnections connections = new HookedConnections();
        OpenStore open = OpenStore.in(folder, connections);
        connections.hook(new HookedConnections.Hook() {
            private int inserts;

            @Override
            public void before(String sql) {
                if (moment.equals("third-row") && sql.startsWith("INSERT") && ++inserts == 3
                        || moment.equals("before-commit") && sql.equals("COMMIT")) {
                    Runtime.getRuntime().halt(7);
                }
            }

            @Override
            public void after(String sql) {
                if (moment.equals("after-commit") && sql.equals("COMMIT")) {
                    Runtime.getRuntime().halt(7);
                }
            }
        });
        open.store().transact(haltedKeys().stream()
                .<Write>map(key -> new Write.Put(new Item(key, Map.of("v", "x".repeat(100_000))), Condition.NONE))
                .toList());
    }

    static List<Key> haltedKeys() {
        return List.of(Table.USERS, Table.TOKENS, Table.USAGE, Table.AUDIT, Table.SYSTEM).stream()
                .map(table -> new Key(table, "halted", "s"))
                .toList();
    }
}
