package com.cloudnestle.marketplace.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFirstStartNoticesTest {

    @TempDir
    Path data;

    @Test
    void leavesTheTextForTheOwnerOnly() throws IOException {
        new FileFirstStartNotices(data).post("admin-key", "the key");

        Path file = data.resolve("first-start/admin-key.txt");
        assertThat(file).hasContent("the key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
    }

    @Test
    void replacesAnOlderNoticeOfTheSameName() {
        FileFirstStartNotices notices = new FileFirstStartNotices(data);
        notices.post("admin-key", "a longer older text");
        notices.post("admin-key", "new");

        assertThat(data.resolve("first-start/admin-key.txt")).hasContent("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../out", "a/b", "Admin", "a.txt", "0123456789012345678901234567890123456789x"})
    void refusesNamesThatCouldLeadElsewhere(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileFirstStartNotices(data).post(name, "text"));
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void namesTheFileItCannotWrite() throws IOException {
        Files.writeString(data.resolve("first-start"), "in the way");

        assertThatThrownBy(() -> new FileFirstStartNotices(data).post("admin-key", "text"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("first-start");
    }
}
