package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the bytes of expired items are given back. */
final class ExpiryTest {

    @TempDir
    Path folder;

    private OpenStore open;

    @BeforeEach
    void open() throws Exception {
        open = OpenStore.in(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private void putExpiring(int count, long ttl) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Key key = new Key(i % 2 == 0 ? Table.USAGE : Table.TOKENS, "p", ttl + "-" + i);
            writes.add(new Write.Put(new Item(key, Map.of(Item.TTL, ttl)), Condition.NONE));
        }
        for (int from = 0; from < count; from += 25) {
            open.store().transact(writes.subList(from, Math.min(count, from + 25)));
        }
    }

    private void writeSomething() {
        open.store().put(new Item(new Key(Table.SYSTEM, "p", "s"), Map.of()));
    }

    /** Rows in the file but for the one of {@link #writeSomething}, visible or not. */
    private long rows() throws Exception {
        try (Connection connection = new DurableConnections().plain(open.database().files().database())) {
            return Schema.countItems(connection, "main")
                    - Schema.number(connection, "SELECT count(*) FROM \"marketplace-system\"");
        }
    }

    @Test
    void givesBackWhatExpiredLongAgoAndNothingElse() throws Exception {
        long now = open.clock().instant().getEpochSecond();
        putExpiring(10, now + 10);
        putExpiring(10, now + 5000);
        open.store().put(new Item(new Key(Table.USAGE, "p", "for ever"), Map.of()));

        open.clock().advance(Duration.ofSeconds(Expiry.GRACE_SECONDS));
        writeSomething();
        assertThat(rows()).isEqualTo(21);

        open.clock().advance(Duration.ofSeconds(Expiry.PAUSE_SECONDS));
        writeSomething();
        assertThat(rows()).isEqualTo(11);
    }

    @Test
    void givesBackALittleWithEachWrite() throws Exception {
        putExpiring(Expiry.MAX_DELETED + 30, open.clock().instant().getEpochSecond());
        open.clock().advance(Duration.ofSeconds(2 * Expiry.GRACE_SECONDS));

        writeSomething();
        assertThat(rows()).isEqualTo(30);
        writeSomething();
        assertThat(rows()).isZero();
    }

    @Test
    void goesOnAfterTheClockWasSetBack() throws Exception {
        long now = open.clock().instant().getEpochSecond();
        open.clock().advance(Duration.ofDays(1));
        writeSomething();
        putExpiring(5, now - 2 * Expiry.GRACE_SECONDS);

        open.clock().advance(Duration.ofDays(-1));
        writeSomething();

        assertThat(rows()).isZero();
    }
}
