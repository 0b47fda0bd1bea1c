package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupAndRestoreTest {

    private static final String SECRET = "0123456789abcdef".repeat(4) + "\n";
    private static final String OTHER = "fedcba9876543210".repeat(4) + "\n";

    @TempDir
    Path data;

    private final Bench bench = new Bench();
    private final FileStore store = new FileStore();

    @BeforeEach
    void serverWithData() throws IOException {
        bench.platform.data = data;
        bench.platform.store = store;
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(secret(), SECRET);
    }

    private Path secret() {
        return data.resolve("secrets/server.key");
    }

    private static BackupCommand backup(@Nullable String file) {
        BackupCommand command = new BackupCommand();
        command.file = file;
        return command;
    }

    private static RestoreCommand restore(String file) {
        RestoreCommand command = new RestoreCommand();
        command.file = file;
        command.yes = true;
        return command;
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Stream<Path> backups() throws IOException {
        Path folder = data.resolve("backups");
        return Files.exists(folder) ? Files.list(folder) : Stream.empty();
    }

    @Test
    void namesTheFileAfterTheTimeAndSavesTheSecretBesideIt() throws IOException {
        JsonNode saved = bench.json(backup(null));

        Path file = data.resolve("backups/marketplace-20261120T120000Z.db");
        assertThat(saved.get("file").asText()).isEqualTo(file.toString());
        assertThat(saved.get("items").asLong()).isEqualTo(3);
        assertThat(saved.get("size_bytes").asLong()).isEqualTo(Files.size(file));
        Path key = Path.of(saved.get("key_file").asText());
        assertThat(key).isEqualTo(data.resolve("backups/marketplace-20261120T120000Z.db.key")).hasContent(SECRET);
        assertThat(rights(key)).isEqualTo("rw-------");
        assertThat(rights(data.resolve("backups"))).isEqualTo("rwx------");
        assertThat(bench.audit.events()).containsExactly("store.backed-up");
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(bench.text(backup("a.db"))).contains("a.db.key").doesNotContain(SECRET.strip());
        assertThat(bench.text(restore("a.db"))).doesNotContain(SECRET.strip());
    }

    @Test
    void neverReplacesAFile() throws IOException {
        bench.json(backup("a.db"));
        store.data = "second";

        assertThat(bench.refusal(backup("a.db"))).hasMessageContaining("exists already");
        assertThat(data.resolve("backups/a.db")).hasContent("backup:first");

        Files.writeString(data.resolve("backups/b.db.key"), "precious");
        assertThat(bench.refusal(backup("b.db"))).hasMessageContaining("exists already");
        assertThat(data.resolve("backups/b.db.key")).hasContent("precious");
    }

    @Test
    void leavesNoHalfBackupBehind() throws IOException {
        store.diskFull = true;

        assertThat(bench.refusal(backup("a.db"))).hasMessageContaining("No space left on device");

        assertThat(backups()).isEmpty();
        assertThat(bench.audit.events()).isEmpty();
    }

    @Test
    void saysWhenThereIsNoSecretToSave() throws IOException {
        Files.delete(secret());

        assertThat(bench.json(backup("a.db")).get("key_file").isNull()).isTrue();
    }

    @Test
    void bringsBackTheDataOfTheBackup() {
        bench.json(backup("a.db"));
        store.data = "second";

        JsonNode restored = bench.json(restore("a.db"));

        assertThat(store.data).isEqualTo("first");
        assertThat(restored.get("secret").asText()).isEqualTo("UNCHANGED");
        assertThat(restored.get("restart_needed").asBoolean(true)).isFalse();
        assertThat(bench.audit.events()).endsWith("store.restored");
    }

    @Test
    void putsBackAnotherSecretKeepsTheFormerAndAsksForARestart() throws IOException {
        bench.json(backup("a.db"));
        Files.writeString(secret(), OTHER);

        JsonNode restored = bench.json(restore("a.db"));

        assertThat(secret()).hasContent(SECRET);
        assertThat(rights(secret())).isEqualTo("rw-------");
        assertThat(data.resolve("secrets/server.key.former")).hasContent(OTHER);
        assertThat(restored.get("secret").asText()).isEqualTo("RESTORED");
        assertThat(restored.get("restart_needed").asBoolean()).isTrue();
    }

    @Test
    void keepsItsOwnSecretWhenTheBackupHasNone() throws IOException {
        bench.json(backup("a.db"));
        Files.delete(data.resolve("backups/a.db.key"));

        assertThat(bench.json(restore("a.db")).get("secret").asText()).isEqualTo("NOT_IN_BACKUP");
        assertThat(secret()).hasContent(SECRET);
    }

    @Test
    void changesNothingWithoutYes() {
        bench.json(backup("a.db"));
        store.data = "second";
        RestoreCommand hasty = restore("a.db");
        hasty.yes = false;

        assertThat(bench.refusal(hasty)).hasMessageContaining("--yes").hasMessageContaining("ALL present data");
        assertThat(store.data).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", "../../etc"})
    void changesNothingWhenTheSecretInTheBackupIsDamaged(String damaged) throws IOException {
        bench.json(backup("a.db"));
        store.data = "second";
        Files.writeString(data.resolve("backups/a.db.key"), damaged);

        assertThat(bench.refusal(restore("a.db"))).hasMessageContaining("no server secret");
        assertThat(store.data).isEqualTo("second");
        assertThat(secret()).hasContent(SECRET);
    }

    @Test
    void keepsDataAndSecretWhenTheBackupIsDamaged() throws IOException {
        bench.json(backup("a.db"));
        Files.writeString(data.resolve("backups/a.db"), "damaged");
        Files.writeString(secret(), OTHER);
        store.data = "second";

        CommandException refusal = bench.refusal(restore("a.db"));

        assertThat(refusal).hasMessageContaining("not a backup").hasMessageContaining("present data are unchanged");
        assertThat(store.data).isEqualTo("second");
        assertThat(secret()).hasContent(OTHER);
        assertThat(data.resolve("secrets/server.key.restored")).doesNotExist();
    }

    @Test
    void refusesFilesThatAreNotThere() {
        assertThat(bench.refusal(restore("absent.db"))).hasMessageContaining("no file").hasMessageContaining("absent.db");
        assertThat(bench.refusal(restore(" "))).hasMessageContaining("empty");
        assertThat(bench.refusal(backup("a\u0000b"))).hasMessageContaining("not a file name");
    }

    @Test
    void saysThatThisStoreHasNoBackup() {
        bench.platform.store = null;

        assertThat(bench.refusal(backup(null))).hasMessageContaining("no store here that can be saved");
        assertThat(bench.refusal(restore("a.db"))).hasMessageContaining("no store here that can be saved");
    }

    @Test
    void doesNotCallASavedBackupFailedBecauseTheAuditLogIsAway() {
        bench.platform.audit = null;

        assertThat(bench.json(backup("a.db")).get("audited").asBoolean(true)).isFalse();
        assertThat(data.resolve("backups/a.db")).exists();
    }
}
