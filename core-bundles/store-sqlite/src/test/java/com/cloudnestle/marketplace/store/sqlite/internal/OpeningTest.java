package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the store starts, when it refuses to, and what it says then. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class OpeningTest {

    private static final Item ITEM = new Item(new Key(Table.USERS, "p", "s"), Map.of("v", 1L));

    @TempDir
    Path folder;

    private final Connections durable = new DurableConnections();

    private Path file() {
        return new StoreFiles(folder).database();
    }

    private String refusal() {
        return refusal(durable);
    }

    private String refusal(Connections connections) {
        StoreOpening opening = new StoreOpening(folder.toString(), connections, new ManualClock(OpenStore.NOON));
        opening.close();
        return opening.refusal();
    }

    private void writeSomething() throws StoreRefusedException {
        try (OpenStore open = OpenStore.in(folder)) {
            for (int i = 0; i < 200; i++) {
                open.store().put(new Item(new Key(Table.USERS, "p", "s" + i), Map.of("v", "x".repeat(1000))));
            }
            open.store().put(ITEM);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = durable.plain(file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void findsWhatWasWrittenBefore() throws Exception {
        writeSomething();

        try (OpenStore open = OpenStore.in(folder)) {
            assertThat(open.store().get(ITEM.key())).contains(ITEM);
        }
        assertThat(refusal()).isEmpty();
    }

    @Test
    void opensInAFolderWithSpacesThatDoesNotExistYet() throws Exception {
        Path deep = folder.resolve("my data").resolve("der Laden & Söhne").resolve("store");

        try (OpenStore open = OpenStore.in(deep)) {
            open.store().put(ITEM);
        }

        assertThat(deep.resolve("marketplace.db")).isRegularFile();
        assertThat(Files.getPosixFilePermissions(deep)).hasSize(3);
    }

    @Test
    void refusesASecondProcessAndNamesTheFirst() throws Exception {
        try (ChildProcess child = ChildProcess.start("hold", folder)) {
            assertThat(child.line()).isEqualTo("open");

            assertThat(refusal()).contains("in use by process " + child.pid(), "since 2026-03-01T12:00:00Z");

            child.kill();
        }
        assertThat(refusal()).isEmpty();
    }

    @Test
    void refusesToOpenTwiceInOneProcessAndStillKeepsOthersOut() throws Exception {
        try (OpenStore open = OpenStore.in(folder)) {
            String self = "in use by process " + ProcessHandle.current().pid();
            assertThat(refusal()).contains(self);

            // The refused attempt must not have dropped the lock of the first.
            try (ChildProcess child = ChildProcess.start("hold", folder)) {
                assertThat(child.line()).contains(self);
            }
            assertThat(open.store().put(ITEM).applied()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "middle", "cut"})
    void refusesADamagedFileAndLeavesItAlone(String damage) throws Exception {
        writeSomething();
        byte[] bytes = Files.readAllBytes(file());
        switch (damage) {
            case "header" -> Arrays.fill(bytes, 0, 100, (byte) 'x');
            case "middle" -> Arrays.fill(bytes, 4096, bytes.length - 4096, (byte) 0xA5);
            default -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
        }
        Files.write(file(), bytes);

        assertThat(refusal()).contains(file().toString(), "damaged", "market:backup restore");
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndLeavesItAlone() throws Exception {
        execute("CREATE TABLE other (x)");
        byte[] before = Files.readAllBytes(file());

        assertThat(refusal()).contains(file().toString(), "another program");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void refusesANewerSchemaAndLeavesItAlone() throws Exception {
        writeSomething();
        execute("PRAGMA user_version = " + (Schema.VERSION + 1));
        byte[] before = Files.readAllBytes(file());

        assertThat(refusal()).contains(file().toString(), "newer version", "schema 2");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void refusesWhenTheFileIsGoneButItsLogIsNot() throws Exception {
        Files.write(new StoreFiles(folder).writeAheadLog(), new byte[] {1});

        assertThat(refusal()).contains("missing or empty", "marketplace.db-wal");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRAGMA synchronous = NORMAL", "PRAGMA synchronous = OFF", "PRAGMA journal_mode = DELETE"})
    void refusesAConnectionThatIsNotDurable(String pragma) {
        Connections careless = new Connections() {
            @Override
            public Connection writer(Path file) throws SQLException {
                Connection connection = durable.writer(file);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(pragma);
                }
                return connection;
            }

            @Override
            public Connection reader(Path file) throws SQLException {
                return durable.reader(file);
            }

            @Override
            public Connection plain(Path file) throws SQLException {
                return durable.plain(file);
            }
        };

        assertThat(refusal(careless)).contains("cannot be written durably", "journal_mode", "synchronous");
        assertThat(refusal()).isEmpty();
    }

    @Test
    void refusesAFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(new StoreOpening(file.toString(), durable, new ManualClock(OpenStore.NOON)).refusal())
                .contains(file.toString(), "cannot be used");
    }

    @Test
    void refusesAPathThatTheDriverWouldCut() {
        Path odd = folder.resolve("what?");

        assertThat(new StoreOpening(odd.toString(), durable, new ManualClock(OpenStore.NOON)).refusal())
                .contains("question mark");
    }

    @Test
    void refusesToGuessAFolder() {
        String before = System.clearProperty("karaf.data");
        try {
            assertThat(new StoreOpening(" ", durable, new ManualClock(OpenStore.NOON)).refusal())
                    .contains("karaf.data");
        } finally {
            if (before != null) {
                System.setProperty("karaf.data", before);
            }
        }
    }

    @Test
    void leavesTheFileAloneWhenAnotherStoreIsChosen() {
        StoreOpening opening = new StoreOpening("dynamodb", folder.toString(), durable, new ManualClock(OpenStore.NOON));

        assertThat(opening.refusal()).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(opening::database);
        assertThat(folder).isEmptyDirectory();
        opening.close();
    }

    @Test
    void refusesAChoiceThatIsNone() {
        assertThat(new StoreOpening("postgres", folder.toString(), durable, new ManualClock(OpenStore.NOON)).refusal())
                .contains("postgres", "sqlite", "dynamodb");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void handsItsRefusalToTheServiceThatShowsIt() throws Exception {
        execute("CREATE TABLE other (x)");
        StoreOpening opening = new StoreOpening(folder.toString(), durable, new ManualClock(OpenStore.NOON));

        assertThat(new RefusedStore(opening).message()).isEqualTo(opening.refusal()).isNotEmpty();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(opening::database);
    }

    @Test
    void opensOnceTheReasonIsGone() throws Exception {
        execute("CREATE TABLE other (x)");
        assertThat(refusal()).isNotEmpty();
        Files.delete(file());

        StoreOpening opening = new StoreOpening(folder.toString(), durable, new ManualClock(OpenStore.NOON));
        SqliteStore store = new SqliteStore(opening);

        assertThat(store.put(ITEM).applied()).isTrue();
        store.stop();
        opening.close();
        assertThat(folder.resolve("store.owner")).doesNotExist();
    }
}
