package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.StoreTransfer;
import com.cloudnestle.marketplace.store.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportAndImportTest {

    private static final String SECRET = "0123456789abcdef".repeat(4) + "\n";
    private static final String OTHER = "fedcba9876543210".repeat(4) + "\n";

    @TempDir
    Path data;

    private final Bench bench = new Bench();
    private final TextTransfer transfer = new TextTransfer();

    @BeforeEach
    void serverWithData() throws IOException {
        bench.platform.data = data;
        bench.platform.transfer = transfer;
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(secret(), SECRET);
    }

    @Test
    void namesTheFileAfterTheTimeAndSavesTheSecretBesideIt() {
        JsonNode exported = bench.json(export(null));

        Path file = data.resolve("backups/marketplace-20261120T120000Z.jsonl");
        assertThat(exported.get("file").asText()).isEqualTo(file.toString());
        assertThat(file).exists();
        assertThat(exported.get("items").asLong()).isEqualTo(3);
        assertThat(exported.get("sha256").asText()).isEqualTo("sum");
        assertThat(Path.of(exported.get("key_file").asText())).hasContent(SECRET);
        assertThat(bench.audit.events()).containsExactly("store.exported");
    }

    @Test
    void neverPrintsTheSecretButSaysThatItMustTravel() {
        assertThat(bench.text(export("a.jsonl"))).contains("a.jsonl.key").contains("need it")
                .doesNotContain(SECRET.strip());
        assertThat(bench.text(importing("a.jsonl"))).doesNotContain(SECRET.strip());
    }

    @Test
    void neverReplacesAFileAndLeavesNoHalfExport() throws IOException {
        bench.json(export("a.jsonl"));
        assertThat(bench.refusal(export("a.jsonl"))).hasMessageContaining("exists already");

        transfer.diskFull = true;
        assertThat(bench.refusal(export("b.jsonl"))).hasMessageContaining("No space left on device");
        assertThat(data.resolve("backups/b.jsonl.key")).doesNotExist();
    }

    @Test
    void takesInDataOfTheSameSecret() {
        bench.json(export("a.jsonl"));

        JsonNode imported = bench.json(importing("a.jsonl"));

        assertThat(transfer.imported).isEqualTo(StoreTransfer.Mode.INTO_EMPTY);
        assertThat(imported.get("secret").asText()).isEqualTo("SAME");
        assertThat(imported.get("items").asLong()).isEqualTo(3);
        assertThat(bench.audit.events()).containsExactly("store.exported", "store.imported");
    }

    @Test
    void putsTheSecretOfTheDataInPlaceAndAsksForARestart() throws IOException {
        bench.json(export("a.jsonl"));
        Files.writeString(secret(), OTHER);
        transfer.otherSecret = true;

        assertThat(bench.text(importing("a.jsonl"))).contains("RESTART THIS SERVER NOW");

        assertThat(secret()).hasContent(SECRET);
        assertThat(data.resolve("secrets/server.key.former")).hasContent(OTHER);
    }

    @Test
    void saysWhenTheSecretOfTheDataIsMissing() throws IOException {
        bench.json(export("a.jsonl"));
        Files.delete(data.resolve("backups/a.jsonl.key"));
        transfer.otherSecret = true;

        assertThat(bench.text(importing("a.jsonl"))).contains("ANOTHER SERVER SECRET").contains("server.key");
        assertThat(secret()).hasContent(SECRET);
    }

    @Test
    void keepsItsOwnSecretWhenItOverwrites() throws IOException {
        bench.json(export("a.jsonl"));
        Files.writeString(secret(), OTHER);
        transfer.otherSecret = true;
        ImportCommand command = importing("a.jsonl");
        command.overwrite = true;

        assertThat(bench.json(command).get("secret").asText()).isEqualTo("OTHER_KEPT");

        assertThat(transfer.imported).isEqualTo(StoreTransfer.Mode.OVERWRITE);
        assertThat(secret()).hasContent(OTHER);
    }

    @Test
    void importsNothingWhenTheSecretBesideTheFileIsDamaged() throws IOException {
        bench.json(export("a.jsonl"));
        Files.writeString(data.resolve("backups/a.jsonl.key"), "damaged");

        assertThat(bench.refusal(importing("a.jsonl"))).hasMessageContaining("no server secret");
        assertThat(transfer.imported).isNull();
    }

    @Test
    void showsHowFarItIsToPeopleOnly() {
        transfer.steps = 20_000;
        assertThat(bench.text(export("a.jsonl"))).contains("  10000 of 20000 items");
        assertThat(bench.json(importing("a.jsonl")).get("items").asLong()).isEqualTo(3);
    }

    @Test
    void saysWhyItRefuses() throws IOException {
        assertThat(bench.refusal(importing("absent.jsonl"))).hasMessageContaining("no file");
        bench.json(export("a.jsonl"));
        transfer.inUse = true;
        assertThat(bench.refusal(importing("a.jsonl"))).hasMessageContaining("in use");
        transfer.inUse = false;
        Files.writeString(data.resolve("backups/a.jsonl"), "damaged");
        assertThat(bench.refusal(importing("a.jsonl"))).hasMessageContaining("Nothing was imported")
                .hasMessageContaining("line 1");
        bench.platform.transfer = null;
        assertThat(bench.refusal(export("c.jsonl"))).hasMessageContaining("is not running");
    }

    private Path secret() {
        return data.resolve("secrets/server.key");
    }

    private static ExportCommand export(@Nullable String file) {
        ExportCommand command = new ExportCommand();
        command.file = file;
        return command;
    }

    private static ImportCommand importing(String file) {
        ImportCommand command = new ImportCommand();
        command.file = file;
        return command;
    }

    /** A store whose export is one word. */
    private static final class TextTransfer implements StoreTransfer {
        private boolean diskFull;
        private boolean inUse;
        private boolean otherSecret;
        private long steps;
        private @Nullable Mode imported;

        @Override
        public Report exportTo(Path target, Progress progress) throws IOException {
            if (diskFull) {
                throw new IOException("No space left on device");
            }
            Files.writeString(target, "export", StandardOpenOption.CREATE_NEW);
            return report(target, progress);
        }

        @Override
        public Report importFrom(Path source, Mode mode, Progress progress) throws IOException {
            if (inUse) {
                throw new MarketplaceException(Problem.CONFLICT, "This marketplace is in use");
            }
            if (!Files.readString(source).equals("export")) {
                throw new IOException(source + ", line 1: no export");
            }
            imported = mode;
            return report(source, progress);
        }

        private Report report(Path file, Progress progress) throws IOException {
            for (long i = 1000; i <= steps; i += 1000) {
                progress.at(i, steps);
            }
            return new Report(file, Files.size(file), Map.of(Table.USERS, 3L), "sum", otherSecret);
        }
    }
}
