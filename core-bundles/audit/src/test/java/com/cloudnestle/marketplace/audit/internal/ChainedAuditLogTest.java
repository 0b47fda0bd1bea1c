package com.cloudnestle.marketplace.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.AuditLogContract;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainedAuditLogTest extends AuditLogContract {

    private static final Key HEAD = new Key(Table.AUDIT, "audit-head", "head");

    private final ManualClock now = new ManualClock(Instant.parse("2026-03-01T12:00:00.987654Z"));
    private final InMemoryStore store = new InMemoryStore(now);
    private final ChainedAuditLog log = new ChainedAuditLog(store, now);

    @Override
    protected AuditLog log(InstantSource clock) {
        return new ChainedAuditLog(new InMemoryStore(clock), clock);
    }

    @Test
    void goesOnWhereTheProcessBeforeStopped() {
        append(2);
        new ChainedAuditLog(store, now).append("admin", "test.ran", "here", Map.of());

        assertThat(log.latest(10, null)).extracting(AuditEntry::sequence).containsExactly(3L, 2L, 1L);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    void verifiesOverManyPages() {
        append(2_500);

        assertThat(log.verify()).isEmpty();
        store.delete(AuditItem.key(2_400), Condition.itemExists());
        assertThat(log.verify()).contains(2_400L);
    }

    @Test
    void appendsBehindSomebodyWhoWasFaster() {
        append(1);
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(() -> append(1));

        AuditEntry entry = new ChainedAuditLog(contested, now).append("late", "test.ran", "here", Map.of());

        assertThat(entry.sequence()).isEqualTo(3);
        assertThat(log.latest(1, null)).containsExactly(entry);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    void beginsBehindSomebodyWhoBeganFirst() {
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(() -> append(1));

        assertThat(new ChainedAuditLog(contested, now).append("late", "test.ran", "here", Map.of()).sequence()).isEqualTo(2);
        assertThat(log.verify()).isEmpty();
    }

    /** Two nodes on one store do not share the lock that orders the threads of one. */
    @Test
    void keepsOneChainForSeveralNodes() {
        AtomicInteger node = new AtomicInteger();
        Together.run(8, () -> {
            ChainedAuditLog own = new ChainedAuditLog(store, now);
            String name = "node-" + node.incrementAndGet();
            for (int i = 0; i < 25; i++) {
                own.append(name, "test.ran", "here", Map.of());
            }
            return name;
        });

        assertThat(log.latest(1_000, null)).hasSize(200);
        assertThat(log.verify()).isEmpty();
    }

    private void falsify(long sequence, Consumer<Map<String, Object>> change) {
        Map<String, Object> attributes = new HashMap<>(store.get(AuditItem.key(sequence)).orElseThrow().attributes());
        change.accept(attributes);
        store.put(new Item(AuditItem.key(sequence), attributes));
    }

    @ParameterizedTest
    @CsvSource({"actor, eve", "event, other.event", "subject, cus_9", "at, 2026-03-01T12:00:01Z", "d.to, pro",
        "d.more, x", "hash, 00", "at, yesterday"})
    void findsTheEntryThatWasChanged(String attribute, String value) {
        append(2);
        log.append("admin", "tier.changed", "cus_1", Map.of("to", "registered"));
        append(2);

        falsify(3, attributes -> attributes.put(attribute, value));

        assertThat(log.verify()).contains(3L);
    }

    @Test
    void findsThatADetailWasMovedIntoItsNeighbour() {
        log.append("admin", "test.ran", "here", Map.of("a", "bc"));
        falsify(1, attributes -> {
            attributes.remove("d.a");
            attributes.put("d.ab", "c");
        });

        assertThat(log.verify()).contains(1L);
    }

    @Test
    void findsAGap() {
        append(5);
        store.delete(AuditItem.key(2), Condition.itemExists());

        assertThat(log.verify()).contains(2L);
    }

    @Test
    void findsAnEntryPutInPlaceOfAnother() {
        append(3);
        Item second = store.get(AuditItem.key(2)).orElseThrow();
        store.put(new Item(AuditItem.key(3), second.attributes()));

        assertThat(log.verify()).contains(3L);
    }

    @Test
    void findsThatTheEndWasCutOff() {
        append(3);
        store.delete(AuditItem.key(3), Condition.itemExists());

        assertThat(log.verify()).contains(3L);
    }

    @Test
    void findsThatTheHeadIsGone() {
        append(3);
        store.delete(HEAD, Condition.itemExists());

        assertThat(log.verify()).contains(4L);
    }

    @Test
    void findsThatTheLastEntryWasReplacedWithAHashThatFits() {
        append(2);
        AuditEntry first = log.latest(10, 2L).get(0);
        AuditEntry forged = new AuditEntry(2, now.instant(), "eve", "test.ran", "here", Map.of(), "");
        store.put(AuditItem.item(AuditItem.sealed(forged, first.hash())));

        assertThat(log.verify()).contains(2L);
    }

    @Test
    void findsWhereTheChainBreaksBehindAForgedEntry() {
        append(4);
        AuditEntry first = log.latest(10, 2L).get(0);
        AuditEntry forged = new AuditEntry(2, now.instant(), "eve", "test.ran", "here", Map.of(), "");
        store.put(AuditItem.item(AuditItem.sealed(forged, first.hash())));

        assertThat(log.verify()).contains(3L);
    }

    @Test
    void keepsTimesToTheMillisecond() {
        append(1);

        assertThat(log.latest(1, null).get(0).at()).isEqualTo(Instant.parse("2026-03-01T12:00:00.987Z"));
    }

    private void append(int times) {
        for (int i = 0; i < times; i++) {
            log.append("admin", "test.ran", "here", Map.of());
        }
    }
}
