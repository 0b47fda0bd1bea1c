package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupsTest {

    @TempDir
    Path folder;

    private final HookedConnections connections = new HookedConnections();
    private OpenStore open;
    private SqliteStore store;

    @BeforeEach
    void open() throws Exception {
        open = OpenStore.in(folder.resolve("store"), connections);
        store = open.store();
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static Item item(Table table, String sk, long v) {
        Map<String, Object> indexed = Map.of("v", v, Item.G1, "g", Item.G1_SORT, sk);
        return new Item(new Key(table, "p", sk), table.indexed() ? indexed : Map.of("v", v));
    }

    private void putOneInEachTable(long v) {
        Table.all().forEach(table -> store.put(item(table, "s", v)));
    }

    private void holdsOneInEachTable(long v) {
        for (Table table : Table.all()) {
            assertThat(store.query(table, "p", "", false, 10, null).items()).containsExactly(item(table, "s", v));
            if (table.indexed()) {
                assertThat(store.index(table, "g", "", 10, null).items()).containsExactly(item(table, "s", v));
            }
        }
    }

    private long epoch() {
        return store.get(StoreAdmin.EPOCH_KEY)
                .map(item -> item.number(StoreAdmin.EPOCH, -1))
                .orElse(0L);
    }

    @Test
    void bringsBackEverythingAndDropsWhatCameLater() throws Exception {
        putOneInEachTable(1);
        Path file = folder.resolve("backups").resolve("first.db");
        StoreAdmin.BackupReport written = store.backup(file);
        putOneInEachTable(2);
        Table.all().forEach(table -> store.put(item(table, "later", 1)));

        StoreAdmin.BackupReport restored = store.restore(file);

        assertThat(written.file()).isEqualTo(file);
        assertThat(written.items()).isEqualTo(Table.all().size());
        assertThat(written.sizeBytes()).isEqualTo(Files.size(file));
        assertThat(restored.items()).isEqualTo(written.items());
        holdsOneInEachTable(1);
        store.update(item(Table.USERS, "s", 0).key(), Update.builder().add("v", 1).build(), Condition.NONE);
        assertThat(store.get(item(Table.USERS, "s", 0).key()).orElseThrow().number("v")).hasValue(2);
    }

    @Test
    void keepsTheRestoredDataOverARestart() throws Exception {
        putOneInEachTable(1);
        Path file = folder.resolve("b.db");
        store.backup(file);
        putOneInEachTable(2);
        store.restore(file);

        open.close();
        open();

        holdsOneInEachTable(1);
    }

    @Test
    void raisesTheEpochAboveEveryEarlierOne() throws Exception {
        Path file = folder.resolve("b.db");
        store.backup(file);
        assertThat(epoch()).isZero();

        store.restore(file);
        assertThat(epoch()).isEqualTo(1);
        store.restore(file);
        assertThat(epoch()).isEqualTo(2);

        Path later = folder.resolve("later.db");
        store.backup(later);
        store.put(new Item(StoreAdmin.EPOCH_KEY, Map.of(StoreAdmin.EPOCH, 1L)));
        store.restore(later);
        assertThat(epoch()).isEqualTo(3);
    }

    @Test
    void isConsistentWhileOthersWrite() throws Exception {
        Key left = new Key(Table.USERS, "pair", "left");
        Key right = new Key(Table.TOKENS, "pair", "right");
        AtomicBoolean going = new AtomicBoolean(true);
        Semaphore written = new Semaphore(0);
        Thread writer = new Thread(() -> {
            while (going.get()) {
                store.transact(List.of(
                        new Write.Change(left, Update.builder().add("v", 1).build(), Condition.NONE),
                        new Write.Change(right, Update.builder().add("v", 1).build(), Condition.NONE)));
                written.release();
            }
        });
        writer.start();
        Path file = folder.resolve("b.db");
        try {
            for (int i = 0; i < 5; i++) {
                // so every backup begins between two writes, the first one after the first write
                assertThat(written.tryAcquire(written.availablePermits() + 1, 60, TimeUnit.SECONDS)).isTrue();
                Files.deleteIfExists(file);
                store.backup(file);
            }
        } finally {
            going.set(false);
            writer.join();
        }
        long last = store.get(left).orElseThrow().number("v", -1);

        store.restore(file);

        long restored = store.get(left).orElseThrow().number("v", -1);
        assertThat(store.get(right).orElseThrow().number("v", -2)).isEqualTo(restored);
        assertThat(restored).isBetween(5L, last);
    }

    @Test
    void leavesOneFileThatOnlyItsOwnerReads() throws Exception {
        Path file = folder.resolve("backups").resolve("b.db");
        store.backup(file);

        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void refusesToOverwrite() throws Exception {
        Path file = folder.resolve("b.db");
        Files.writeString(file, "precious");

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> store.backup(file));
        assertThat(file).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "empty", "foreign", "newer", "damaged", "cut", "no columns"})
    void refusesABadBackupAndKeepsThePresentData(String fault) throws Exception {
        for (int i = 0; i < 300; i++) {
            store.put(new Item(new Key(Table.SOLUTIONS, "filler", "s" + i), Map.of("v", "x".repeat(500))));
        }
        putOneInEachTable(1);
        Path file = folder.resolve("bad.db");
        store.backup(file);
        spoil(file, fault);
        putOneInEachTable(2);

        assertThatIOException()
                .isThrownBy(() -> store.restore(file))
                .withMessageContaining("the present data is unchanged");

        holdsOneInEachTable(2);
        assertThat(epoch()).isZero();
        putOneInEachTable(3);
        holdsOneInEachTable(3);
        assertThat(folder.resolve("store").resolve("restoring.db")).doesNotExist();
    }

    private void spoil(Path file, String fault) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        switch (fault) {
            case "garbage" -> Files.writeString(file, "this is no database, whatever its name says. ".repeat(100));
            case "empty" -> Files.write(file, new byte[0]);
            case "foreign" -> execute(file, "PRAGMA application_id = 1");
            case "newer" -> execute(file, "PRAGMA user_version = 99");
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            case "no columns" -> execute(file, "ALTER TABLE \"marketplace-system\" RENAME COLUMN body TO other");
            default -> {
                Arrays.fill(bytes, 8192, bytes.length, (byte) 0x5A);
                Files.write(file, bytes);
            }
        }
    }

    private void execute(Path file, String sql) throws Exception {
        try (Connection connection = connections.plain(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void keepsThePresentDataWhenTheRestoreFailsHalfWay() throws Exception {
        putOneInEachTable(1);
        Path file = folder.resolve("b.db");
        store.backup(file);
        putOneInEachTable(2);
        connections.failOn("INSERT INTO main.\"marketplace-api-keys\"", 13);

        assertThatIOException().isThrownBy(() -> store.restore(file));

        connections.failOn("never", 0);
        holdsOneInEachTable(2);
        store.restore(file);
        holdsOneInEachTable(1);
    }

    @Test
    void refusesABackupThatIsNotThere() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> store.restore(folder.resolve("nothing.db")));
        assertThatIOException().isThrownBy(() -> store.restore(folder));
    }

    @Test
    void takesABackupFromBeforeATableExisted() throws Exception {
        putOneInEachTable(1);
        Path file = folder.resolve("old.db");
        store.backup(file);
        execute(file, "DROP TABLE \"marketplace-api-keys\"");

        assertThat(store.restore(file).items()).isEqualTo(Table.all().size() - 1);
        assertThat(store.query(Table.API_KEYS, "p", "", false, 10, null).items()).isEmpty();
        assertThat(store.get(item(Table.USERS, "s", 1).key())).isPresent();
    }
}
