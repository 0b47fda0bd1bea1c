package com.cloudnestle.marketplace.store.transfer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreTransfer.Mode;
import com.cloudnestle.marketplace.store.StoreTransfer.Report;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.dynamodb.internal.DynamoDbTables;
import com.cloudnestle.marketplace.store.sqlite.internal.SqliteFile;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported, and that it comes back the same from any store. */
class RoundTripTest {

    @TempDir
    Path folder;

    private final TransferFixture data = new TransferFixture();
    private final InMemoryStore store = new InMemoryStore(data.clock);

    @Test
    void everythingComesBackTheSameOverAnotherKindOfStore() throws Exception {
        data.fill(store);
        List<Item> before = TransferFixture.all(store);
        Report exported = transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

        try (SqliteFile sqlite = SqliteFile.open(folder.resolve("db"), data.clock)) {
            JsonLinesTransfer second = new JsonLinesTransfer(sqlite.store(), sqlite.store(), data.clock);
            Report imported = second.importFrom(exported.file(), Mode.INTO_EMPTY, TransferFixture.QUIET);
            assertThat(imported.items()).isEqualTo(exported.items());
            assertThat(imported.sha256()).isEqualTo(exported.sha256());
            assertThat(TransferFixture.all(sqlite.store()).stream().filter(item -> Belonging.travels(item.key())))
                    .containsExactlyInAnyOrderElementsOf(before);

            second.exportTo(folder.resolve("b.jsonl"), TransferFixture.QUIET);
            assertThat(sortedLines("b.jsonl")).isEqualTo(sortedLines("a.jsonl"));
        }

        InMemoryStore third = new InMemoryStore(data.clock);
        transfer(third).importFrom(folder.resolve("b.jsonl"), Mode.INTO_EMPTY, TransferFixture.QUIET);
        assertThat(TransferFixture.all(third).stream().filter(item -> Belonging.travels(item.key()))).isEqualTo(before);
    }

    @Test
    void fromTheEmbeddedStoreToDynamoDbAndBackIsTheSameLineForLine() throws Exception {
        try (SqliteFile sqlite = SqliteFile.open(folder.resolve("db"), data.clock);
                DynamoDbTables dynamo = DynamoDbTables.create(DynamoDbLocal.start().endpoint(), "round-trip-", data.clock);
                SqliteFile back = SqliteFile.open(folder.resolve("back"), data.clock)) {
            data.fill(sqlite.store());
            data.fillWithWhatStays(sqlite.store());
            Report exported = new JsonLinesTransfer(sqlite.store(), sqlite.store(), data.clock)
                    .exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

            JsonLinesTransfer over = new JsonLinesTransfer(dynamo.store(), dynamo.store(), data.clock);
            Report imported = over.importFrom(exported.file(), Mode.INTO_EMPTY, TransferFixture.QUIET);
            assertThat(imported.items()).isEqualTo(exported.items());
            over.exportTo(folder.resolve("b.jsonl"), TransferFixture.QUIET);
            assertThat(sortedLines("b.jsonl")).isEqualTo(sortedLines("a.jsonl"));

            JsonLinesTransfer last = new JsonLinesTransfer(back.store(), back.store(), data.clock);
            last.importFrom(folder.resolve("b.jsonl"), Mode.INTO_EMPTY, TransferFixture.QUIET);
            last.exportTo(folder.resolve("c.jsonl"), TransferFixture.QUIET);
            assertThat(folder.resolve("c.jsonl")).hasSameBinaryContentAs(folder.resolve("a.jsonl"));
        }
    }

    @Test
    void whatHasExpiredOrBelongsToAProcessIsLeftOut() throws IOException {
        data.fillWithWhatStays(store);
        store.put(new Item(TransferFixture.key(Table.SYSTEM, "SYS", "ELSE"), Map.of("n", 1L)));

        Report report = transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

        assertThat(report.items()).isEqualTo(Map.of(Table.SYSTEM, 1L));
        assertThat(Files.readAllLines(report.file())).hasSize(3).element(1).asString()
                .isEqualTo("{\"table\":\"marketplace-system\",\"pk\":\"SYS\",\"sk\":\"ELSE\",\"attributes\":{\"n\":1}}");
    }

    @Test
    void theFileTellsWhatItIsAndWhatIsInIt() throws IOException {
        store.put(new Item(TransferFixture.key(Table.USERS, "u", "p"), Map.of(
                "b", "x", "a", 1L, "c", "\u20ac\"".getBytes(StandardCharsets.UTF_8))));

        Report report = transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

        List<String> lines = Files.readAllLines(report.file());
        assertThat(lines.get(0)).startsWith(
                "{\"format\":\"cloudnestle-marketplace-export\",\"version\":1,\"tables\":[\"marketplace-users\",");
        assertThat(lines.get(1)).isEqualTo("{\"table\":\"marketplace-users\",\"pk\":\"u\",\"sk\":\"p\","
                + "\"attributes\":{\"a\":1,\"b\":\"x\",\"c\":{\"base64\":\"4oKsIg==\"}}}");
        assertThat(lines.get(2)).isEqualTo(
                "{\"items\":{\"marketplace-users\":1},\"sha256\":\"" + report.sha256() + "\"}");
        assertThat(report.sizeBytes()).isEqualTo(Files.size(report.file()));
        assertThat(report.total()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report.file()))).isEqualTo("rw-------");
    }

    @Test
    void theLargestItemThatAStoreTakesTravels() throws IOException {
        Key key = TransferFixture.key(Table.USERS, "u", "p");
        int room = Item.MAX_BYTES - new Item(key, Map.of("t", "")).sizeBytes();
        Item largest = new Item(key, Map.of("t", "\u0001".repeat(room)));
        store.put(largest);
        transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);
        InMemoryStore other = new InMemoryStore(data.clock);

        transfer(other).importFrom(folder.resolve("a.jsonl"), Mode.INTO_EMPTY, TransferFixture.QUIET);

        assertThat(other.get(key)).contains(largest);
    }

    @Test
    void anEmptyStoreTravelsToo() throws IOException {
        Report report = transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

        assertThat(transfer(store).importFrom(report.file(), Mode.INTO_EMPTY, TransferFixture.QUIET).total()).isZero();
    }

    @Test
    void noFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "precious");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> transfer(store).exportTo(file, TransferFixture.QUIET));
        assertThat(file).hasContent("precious");
    }

    @Test
    void anExportThatFailsLeavesNoFile() {
        data.fill(store);
        ForwardingStore failing = new ForwardingStore(store) {
            @Override
            public Page scan(Table table, int limit, @Nullable String cursor) {
                if (table == Table.USAGE && cursor != null) {
                    throw new StoreException.Unavailable("gone");
                }
                return super.scan(table, limit, cursor);
            }
        };

        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() ->
                new JsonLinesTransfer(failing, failing, data.clock).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void progressIsToldAndEndsWithTheTotal() throws IOException {
        data.fill(store);
        List<String> told = new ArrayList<>();
        Report report = transfer(store).exportTo(
                folder.resolve("a.jsonl"), (done, total) -> told.add("out " + done + "/" + total));
        InMemoryStore other = new InMemoryStore(data.clock);
        transfer(other).importFrom(report.file(), Mode.INTO_EMPTY, (done, total) -> told.add("in " + done + "/" + total));

        long total = report.total();
        assertThat(told).containsExactly("out 1000/0", "out 2000/0", "out " + total + "/" + total,
                "in 1000/" + total, "in 2000/" + total, "in " + total + "/" + total);
    }

    @Test
    void whatWasReadBeforeAnImportIsKnownToBeOld() throws IOException {
        store.put(new Item(StoreAdmin.EPOCH_KEY, Map.of(StoreAdmin.EPOCH, 4L)));
        Report report = transfer(store).exportTo(folder.resolve("a.jsonl"), TransferFixture.QUIET);

        transfer(store).importFrom(report.file(), Mode.OVERWRITE, TransferFixture.QUIET);

        assertThat(store.get(StoreAdmin.EPOCH_KEY).orElseThrow().number(StoreAdmin.EPOCH)).hasValue(5);
    }

    private JsonLinesTransfer transfer(InMemoryStore over) {
        return new JsonLinesTransfer(over, over, data.clock);
    }

    private List<String> sortedLines(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(name));
        return lines.subList(0, lines.size() - 1).stream().sorted().toList(); // the sum follows the order of the store
    }
}
