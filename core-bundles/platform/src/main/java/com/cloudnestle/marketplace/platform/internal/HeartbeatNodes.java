package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that share a store leave a sign of life in it, item {@code nodes/<id>}; a node that left none for
 * {@link #ALIVE_FOR} is taken for gone. Where the store belongs to one process nothing is written.
 */
final class HeartbeatNodes implements Nodes {

    /** Time between two signs of life. */
    static final Duration BEAT = Duration.ofSeconds(5);

    /** How long a sign of life holds: three may be lost in a row. */
    static final Duration ALIVE_FOR = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatNodes.class);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final String ALL = "nodes";
    private static final String ADDRESS = "address";
    private static final String STARTED = "startedAt";
    private static final String SEEN = "seenAt";

    private final Store store;
    private final InstantSource clock;
    private final String id;
    private final String address;
    private final Instant startedAt;
    /** The others as the store had them at the last beat that succeeded. */
    private volatile List<Node> others = List.of();
    /** Whether the last beat failed; so that a long outage is one line in the log and not one every five seconds. */
    private boolean failing;
    private boolean stopped;

    HeartbeatNodes(Store store, InstantSource clock, String id, String address) {
        this.store = store;
        this.clock = clock;
        this.id = id;
        this.address = address;
        this.startedAt = now();
    }

    @Override
    public String self() {
        return id;
    }

    @Override
    public int running() {
        Instant now = clock.instant();
        int running = 1;
        for (Node node : others) {
            running += alive(node, now) ? 1 : 0;
        }
        return running;
    }

    @Override
    public List<Node> all() {
        Instant now = now();
        List<Node> all = new ArrayList<>();
        all.add(new Node(id, address, startedAt, now));
        others.stream().filter(node -> alive(node, now)).forEach(all::add);
        all.sort(Comparator.comparing(Node::startedAt).thenComparing(Node::id));
        return List.copyOf(all);
    }

    /**
     * Leaves a sign of life and looks for those of others. A failure is logged when it begins and when it ends. Does nothing once
     * stopped: a beat that was about to begin then would leave a sign that nobody takes away.
     */
    synchronized void tick() {
        if (!store.shared() || stopped) {
            return;
        }
        try {
            leaveSign();
            others = readOthers();
            if (failing) {
                failing = false;
                LOG.info("event=heartbeat_resumed node={}", id);
            }
        } catch (StoreException e) {
            if (!failing) {
                failing = true;
                LOG.warn("event=heartbeat_failed node={} reason=\"{}\"; others take this node for gone after {} s",
                        id, e.getMessage(), ALIVE_FOR.toSeconds());
            }
        }
    }

    /** Takes the sign of life away, so that the others need not wait until it is too old. */
    synchronized void stop() {
        stopped = true;
        if (!store.shared()) {
            return;
        }
        try {
            store.delete(key(), Condition.NONE);
        } catch (StoreException e) {
            LOG.warn("event=heartbeat_not_removed node={} reason=\"{}\"", id, e.getMessage());
        }
    }

    private void leaveSign() {
        Instant now = now();
        store.put(new Item(key(), Map.of(
                ADDRESS, address,
                STARTED, startedAt.toString(),
                SEEN, now.toString(),
                Item.TTL, now.plus(FORGOTTEN_AFTER).getEpochSecond())));
    }

    private List<Node> readOthers() {
        List<Node> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.SYSTEM, ALL, "", false, Store.MAX_PAGE, cursor.orElse(null));
            page.items().stream()
                    .filter(item -> !item.key().sk().equals(id))
                    .forEach(item -> node(item).ifPresent(found::add));
            cursor = page.cursor();
        } while (cursor.isPresent());
        return List.copyOf(found);
    }

    /** A sign of another form may come from another version of this software; it must not stop this one. */
    private static Optional<Node> node(Item item) {
        try {
            return Optional.of(new Node(item.key().sk(), item.string(ADDRESS).orElse("unknown"),
                    Instant.parse(item.string(STARTED).orElse("")), Instant.parse(item.string(SEEN).orElse(""))));
        } catch (DateTimeException e) {
            LOG.debug("event=heartbeat_unreadable node={}", item.key().sk(), e);
            return Optional.empty();
        }
    }

    private static boolean alive(Node node, Instant now) {
        return node.seenAt().isAfter(now.minus(ALIVE_FOR));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Key key() {
        return new Key(Table.SYSTEM, ALL, id);
    }
}
