package com.cloudnestle.marketplace.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileServerSecretsTest {

    private static final String GOOD = "00112233445566778899aabbccddeeff".repeat(2);

    @TempDir
    Path data;

    @Test
    void keepsTheSecretOverARestart() {
        byte[] first = new FileServerSecrets(data).keyedHash("tokens", "a");

        assertThat(new FileServerSecrets(data).keyedHash("tokens", "a")).isEqualTo(first).hasSize(32);
    }

    @Test
    void givesUnrelatedHashesForOtherPurposesTextsAndServers(@TempDir Path otherServer) {
        FileServerSecrets secrets = new FileServerSecrets(data);
        byte[] hash = secrets.keyedHash("tokens", "a");

        assertThat(secrets.keyedHash("visitors", "a")).isNotEqualTo(hash);
        assertThat(secrets.keyedHash("tokens", "b")).isNotEqualTo(hash);
        assertThat(new FileServerSecrets(otherServer).keyedHash("tokens", "a")).isNotEqualTo(hash);
    }

    @Test
    void keepsTheSecretFromOtherUsers() throws IOException {
        new FileServerSecrets(data);

        assertThat(rights(data.resolve("secrets"))).isEqualTo("rwx------");
        assertThat(rights(data.resolve("secrets/server.key"))).isEqualTo("rw-------");
    }

    @Test
    void leavesNoHalfWrittenFileBehind() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/.server.key.new"), "half"); // as after a crash

        new FileServerSecrets(data);

        try (var files = Files.list(data.resolve("secrets"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("server.key");
        }
    }

    @Test
    void worksWithASecretPutThereByTheOperator() throws IOException {
        put(GOOD, "rw-------");

        assertThat(new FileServerSecrets(data).keyedHash("tokens", "a")).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz", "00112233445566778899aabbccddeeff\n", "\u00e4"})
    void refusesADamagedSecretAndLeavesItAlone(String text) throws IOException {
        Path file = put(text, "rw-------");

        assertThatIllegalStateException()
                .isThrownBy(() -> new FileServerSecrets(data))
                .withMessageContaining(file.toString())
                .withMessageContaining("is damaged");
        assertThat(file).hasContent(text.strip());
    }

    @Test
    void refusesALongFileWithoutShowingIt() throws IOException {
        put(GOOD + GOOD, "rw-------");

        assertThatIllegalStateException()
                .isThrownBy(() -> new FileServerSecrets(data))
                .withMessageContaining("is damaged")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("00112233"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refusesASecretThatOthersMayUse(String rights) throws IOException {
        put(GOOD, rights);

        assertThatIllegalStateException()
                .isThrownBy(() -> new FileServerSecrets(data))
                .withMessageContaining("chmod 600");
    }

    @Test
    void refusesAFolderInPlaceOfTheSecret() throws IOException {
        Files.createDirectories(data.resolve("secrets/server.key"));

        assertThatIllegalStateException()
                .isThrownBy(() -> new FileServerSecrets(data))
                .withMessageContaining("is not a file");
    }

    @Test
    void refusesALinkThatLeadsNowhere() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        Files.createSymbolicLink(data.resolve("secrets/server.key"), data.resolve("gone"));

        assertThatIllegalStateException().isThrownBy(() -> new FileServerSecrets(data));
        assertThat(data.resolve("gone")).doesNotExist();
    }

    private Path put(String text, String rights) throws IOException {
        Path file = Files.createDirectories(data.resolve("secrets")).resolve("server.key");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
