package com.cloudnestle.marketplace.store.transfer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreTransfer.Mode;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import accepts, and what becomes of the data that are there. */
class ImportTest {

    private static final Key USER = TransferFixture.key(Table.USERS, "user", "profile");
    private static final Key HEAD = TransferFixture.key(Table.AUDIT, "audit-head", "head");
    private static final Key ADMIN = TransferFixture.key(Table.API_KEYS, "admin", "key");

    @TempDir
    Path folder;

    private final TransferFixture data = new TransferFixture();
    private final InMemoryStore from = new InMemoryStore(data.clock);
    private final InMemoryStore to = new InMemoryStore(data.clock);
    private Path file = Path.of("set below");

    @BeforeEach
    void export() throws IOException {
        from.put(new Item(USER, Map.of("name", "Ann")));
        from.put(new Item(HEAD, Map.of("sequence", 1L)));
        from.put(new Item(ADMIN, Map.of("hash", "of the exporting one")));
        from.put(new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(ServerSecrets.FINGERPRINT, "aaaaaaaaaaaaaaaa")));
        file = folder.resolve("a.jsonl");
        transfer(from).exportTo(file, TransferFixture.QUIET);
    }

    @Test
    void aMarketplaceThatWasJustStartedTakesAllOfIt() throws IOException {
        to.put(new Item(ADMIN, Map.of("hash", "made at the first start")));
        to.put(new Item(TransferFixture.key(Table.SOLUTIONS, "solution#finder", "descriptor"), Map.of("json", "{}")));
        to.put(new Item(HEAD, Map.of("sequence", 2L)));
        to.put(new Item(TransferFixture.key(Table.AUDIT, "audit", "2"), Map.of("event", "key.issued")));
        data.fillWithWhatStays(to);
        to.put(new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(ServerSecrets.FINGERPRINT, "aaaaaaaaaaaaaaaa")));

        var report = transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET);

        assertThat(report.total()).isEqualTo(4);
        assertThat(report.otherSecret()).isFalse();
        assertThat(to.get(ADMIN).orElseThrow().string("hash")).contains("of the exporting one");
        assertThat(TransferFixture.all(to, Table.AUDIT)).as("one chain, not two").containsExactlyElementsOf(
                TransferFixture.all(from, Table.AUDIT));
        assertThat(to.get(TransferFixture.key(Table.SYSTEM, "nodes", "node_1"))).isPresent();
        assertThat(to.get(TransferFixture.key(Table.SYSTEM, "MIG", "legacy-entitlements")))
                .as("the imported data may be of the old form").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USERS", "ENTITLEMENTS", "TOKENS", "SESSIONS", "PAYMENT_TRANSACTIONS", "PARTNER_APPLICATIONS", "USAGE",
        "API_KEYS"})
    void aMarketplaceInUseIsLeftAlone(Table table) {
        to.put(new Item(TransferFixture.key(table, "in", "use"), Map.of("n", 1L)));
        List<Item> before = TransferFixture.all(to);

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT))
                .withMessageContaining(table.tableName());
        assertThat(TransferFixture.all(to)).isEqualTo(before);
    }

    @Test
    void overwritingReplacesTheSameKeysAndKeepsTheRestTheAuditLogAndTheSecret() throws IOException {
        Key other = TransferFixture.key(Table.USERS, "other", "profile");
        to.put(new Item(USER, Map.of("name", "Old Ann", "more", "x")));
        to.put(new Item(other, Map.of("name", "Bob")));
        to.put(new Item(HEAD, Map.of("sequence", 9L)));
        to.put(new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(ServerSecrets.FINGERPRINT, "bbbbbbbbbbbbbbbb")));

        var report = transfer(to).importFrom(file, Mode.OVERWRITE, TransferFixture.QUIET);

        assertThat(to.get(USER)).isEqualTo(from.get(USER));
        assertThat(to.get(other)).isPresent();
        assertThat(to.get(HEAD).orElseThrow().number("sequence")).hasValue(9);
        assertThat(to.get(ServerSecrets.FINGERPRINT_KEY).orElseThrow().string(ServerSecrets.FINGERPRINT))
                .contains("bbbbbbbbbbbbbbbb");
        assertThat(report.items()).isEqualTo(Map.of(Table.USERS, 1L, Table.API_KEYS, 1L));
        assertThat(report.otherSecret()).isTrue();
    }

    @Test
    void theSecretOfTheDataBecomesTheOneToBringAlong() throws IOException {
        to.put(new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(ServerSecrets.FINGERPRINT, "bbbbbbbbbbbbbbbb")));

        assertThat(transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET).otherSecret()).isTrue();
        assertThat(to.get(ServerSecrets.FINGERPRINT_KEY)).isEqualTo(from.get(ServerSecrets.FINGERPRINT_KEY));
    }

    @Test
    void anImportThatBrokeOffIsCompletedByMakingItAgain() throws IOException {
        data.fill(from);
        Path large = folder.resolve("large.jsonl");
        transfer(from).exportTo(large, TransferFixture.QUIET);
        AtomicInteger writes = new AtomicInteger();
        Store failing = new ForwardingStore(to) {
            @Override
            public WriteResult write(Write write) {
                if (writes.incrementAndGet() > 500) {
                    throw new StoreException.Unavailable("gone");
                }
                return super.write(write);
            }
        };

        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> new JsonLinesTransfer(failing, to, data.clock)
                        .importFrom(large, Mode.INTO_EMPTY, TransferFixture.QUIET))
                .withMessageMatching("The import broke off after \\d+ of \\d+ items; .*gone");
        assertThatExceptionOfType(MarketplaceException.class).as("another file")
                .isThrownBy(() -> transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET));

        transfer(to).importFrom(large, Mode.INTO_EMPTY, TransferFixture.QUIET);
        assertThat(TransferFixture.all(to).stream().filter(item -> Belonging.travels(item.key())))
                .isEqualTo(TransferFixture.all(from));
        assertThatExceptionOfType(MarketplaceException.class).as("it is complete now")
                .isThrownBy(() -> transfer(to).importFrom(large, Mode.INTO_EMPTY, TransferFixture.QUIET));
    }

    @Test
    void aReplyThatWasLostDoesNotBreakAnImport() throws IOException {
        AtomicInteger writes = new AtomicInteger();
        Store losing = new ForwardingStore(to) {
            @Override
            public WriteResult write(Write write) {
                WriteResult result = super.write(write);
                if (write.key().equals(USER) && writes.incrementAndGet() == 1) {
                    throw new StoreException.OutcomeUnknown("no reply", new IOException("reset"));
                }
                return result;
            }
        };

        new JsonLinesTransfer(losing, to, data.clock).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET);

        assertThat(to.get(USER)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                   | 2 | not readable JSON
            []                                                  | 2 | not an object
            "text"                                              | 2 | not an object
            {"table":"marketplace-users","pk":"a","sk":"b"}     | 2 | attributes is missing
            {"table":"elsewhere","pk":"a","sk":"b","attributes":{}}                                | 2 | no table 'elsewhere'
            {"table":"marketplace-users","pk":1,"sk":"b","attributes":{}}                          | 2 | pk is missing
            {"table":"marketplace-users","pk":"","sk":"b","attributes":{}}                         | 2 | pk must have 1 to 2048 bytes
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"n":1.5}}                 | 2 | attribute n is no text
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"n":true}}                | 2 | attribute n is no text
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"n":9223372036854775808}} | 2 | attribute n is no text
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"n":{"base64":"*"}}}      | 2 | attribute n is no Base64
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"n":1,"n":2}}             | 2 | not readable JSON
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{},"more":1}               | 2 | 'more' is not known
            {"table":"marketplace-users","pk":"a","sk":"b","attributes":{"s":"\\ud83d"}}           | 2 | unpaired surrogate
            """)
    void aDamagedLineIsNamedAndNothingIsWritten(String line, int number, String what) throws IOException {
        List<String> lines = lines();
        lines.set(number - 1, line.replace("\\\\", "\\"));

        refuses(lines, "line " + number, what);
    }

    @Test
    void aFileThatIsNotWholeIsRefused() throws IOException {
        List<String> lines = lines();
        int last = lines.size() - 1;
        refuses(changed(l -> { l.remove(last); return l; }), "line " + (last + 1), "the end of the file is missing");
        refuses(changed(l -> { l.remove(1); return l; }), "line " + last, "there should be");
        refuses(changed(l -> { l.add(1, l.get(1)); return l; }), "line 3", "the same item");
        refuses(changed(l -> { l.add(1, l.get(1).replace("Ann", "Eve")); return l; }), "line 3", "the same item");
        refuses(changed(l -> { l.add(1, l.get(1).replace("profile", "other")); return l; }),
                "line " + (last + 2), "there should be");
        refuses(changed(l -> { l.add(l.get(1)); return l; }), "line " + (last + 2), "nothing may follow");
        refuses(changed(l -> { l.set(1, l.get(1).replace("Ann", "Eve")); return l; }), "line " + (last + 1), "was changed");
        refuses(List.of(), "line 1", "empty");
        refuses(changed(l -> { l.remove(0); return l; }), "line 1", "no export");
        refuses(changed(l -> { l.set(0, l.get(0).replace("\"version\":1", "\"version\":2")); return l; }),
                "line 1", "version 2 is not known");
        refuses(List.of("x".repeat(Lines.MAX_BYTES + 10)), "line 1", "too long");
    }

    @Test
    void aFileThatIsNotTextOrNotThereIsRefused() throws IOException {
        Files.write(file, HexFormat.of().parseHex("7b22666f726d6174223a22ff227d0a"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET))
                .withMessageContaining("line 1");
        Files.delete(file);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> transfer(to).importFrom(file, Mode.INTO_EMPTY, TransferFixture.QUIET));
        assertThat(TransferFixture.all(to)).isEmpty();
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private List<String> changed(UnaryOperator<List<String>> change) throws IOException {
        return change.apply(lines());
    }

    private void refuses(List<String> lines, String where, String what) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.jsonl"), lines);
        for (Mode mode : Mode.values()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> transfer(to).importFrom(damaged, mode, TransferFixture.QUIET))
                    .withMessageContaining(where + ":")
                    .withMessageContaining(what);
        }
        assertThat(TransferFixture.all(to)).isEmpty();
    }

    private JsonLinesTransfer transfer(InMemoryStore over) {
        return new JsonLinesTransfer(over, over, data.clock);
    }
}
