package com.cloudnestle.marketplace.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.platform.Nodes.Node;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeartbeatNodesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStore store = new InMemoryStore(clock, true);
    private final HeartbeatNodes first = node("node_b");

    @Test
    void isAloneOnAStoreOfOneProcessAndWritesNothing() {
        InMemoryStore own = new InMemoryStore(clock);
        HeartbeatNodes alone = new HeartbeatNodes(own, clock, "node_a", "http://127.0.0.1:1");

        alone.tick();
        alone.stop();

        assertThat(alone.running()).isEqualTo(1);
        assertThat(alone.all()).extracting(Node::id).containsExactly("node_a");
        assertThat(own.scan(Table.SYSTEM, 10, null).items()).isEmpty();
    }

    @Test
    void countsItselfEvenBeforeTheFirstBeat() {
        assertThat(first.running()).isEqualTo(1);
        assertThat(first.all()).containsExactly(new Node("node_b", "http://node_b", NOON, NOON));
    }

    @Test
    void findsTheOthersThoseThatStartedFirstComingFirst() {
        first.tick();
        clock.advance(Duration.ofSeconds(1));
        HeartbeatNodes second = node("node_a");
        second.tick();
        clock.advance(Duration.ofSeconds(1));
        first.tick();

        assertThat(second.running()).isEqualTo(2);
        assertThat(second.all()).extracting(Node::id).containsExactly("node_b", "node_a");
        assertThat(first.running()).isEqualTo(2);
        assertThat(first.all()).containsExactly(
                new Node("node_b", "http://node_b", NOON, NOON.plusSeconds(2)),
                new Node("node_a", "http://node_a", NOON.plusSeconds(1), NOON.plusSeconds(1)));
    }

    @Test
    void takesANodeForGoneTwentySecondsAfterItsLastSignOfLife() {
        HeartbeatNodes killed = node("node_killed");
        killed.tick();
        first.tick();

        clock.advance(Duration.ofMillis(19_999));
        assertThat(first.running()).isEqualTo(2);
        clock.advance(Duration.ofMillis(1));
        assertThat(first.running()).as("also without a beat of its own").isEqualTo(1);
        first.tick();
        assertThat(first.all()).extracting(Node::id).containsExactly("node_b");
    }

    @Test
    void leavesAtOnceWhenItStopsOrderly() {
        HeartbeatNodes stopping = node("node_stopping");
        stopping.tick();
        first.tick();
        assertThat(first.running()).isEqualTo(2);

        stopping.stop();
        first.tick();

        assertThat(first.running()).isEqualTo(1);
        assertThat(store.scan(Table.SYSTEM, 10, null).items()).extracting(item -> item.key().sk())
                .containsExactly("node_b");
    }

    @Test
    void leavesNoSignByABeatThatComesToItsTurnAfterTheStop() {
        HeartbeatNodes stopping = node("node_stopping");
        stopping.tick();

        stopping.stop();
        stopping.tick();

        assertThat(store.scan(Table.SYSTEM, 10, null).items()).isEmpty();
    }

    @Test
    void goesOnAfterABeatThatFailed() {
        ContestedStore broken = new ContestedStore(store);
        HeartbeatNodes node = new HeartbeatNodes(broken, clock, "node_a", "http://node_a");
        first.tick();
        node.tick();
        broken.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("gone for a moment");
        });
        clock.advance(Duration.ofSeconds(10));

        node.tick();
        assertThat(node.running()).as("what it knew before").isEqualTo(2);

        node.tick();
        first.tick();
        assertThat(first.all()).extracting(Node::seenAt).containsOnly(NOON.plusSeconds(10));
    }

    @Test
    void stopsThoughTheStoreIsGone() {
        ContestedStore broken = new ContestedStore(store);
        broken.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("gone");
        });

        new HeartbeatNodes(broken, clock, "node_a", "http://node_a").stop();
    }

    @Test
    void letsTheStoreForgetNodesThatWereKilled() {
        first.tick();

        clock.advance(Duration.ofMinutes(11));

        assertThat(store.get(new Key(Table.SYSTEM, "nodes", "node_b"))).isEmpty();
    }

    @Test
    void overlooksASignThatItCannotRead() {
        store.put(new Item(new Key(Table.SYSTEM, "nodes", "node_future"), Map.of("beat", 7L)));

        first.tick();

        assertThat(first.all()).extracting(Node::id).containsExactly("node_b");
    }

    private HeartbeatNodes node(String id) {
        return new HeartbeatNodes(store, clock, id, "http://" + id);
    }
}
