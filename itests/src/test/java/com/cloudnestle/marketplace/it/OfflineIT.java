package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first start where there is no network and no home directory to take anything from. */
class OfflineIT {
    @TempDir
    Path directory;

    @Test
    void firstStartNeedsNoNetworkAndNoHome() throws Exception {
        assumeTrue(works(List.of("unshare", "-rn", "ip", "link", "set", "lo", "up")),
            "left out: unshare or ip is missing, or namespaces are not allowed here");
        Distribution distribution = Distribution.unpack(directory);
        Path output = directory.resolve("out");

        ProcessBuilder builder = new ProcessBuilder("unshare", "-rn", "bash", Path.of("target/test-classes/offline.sh").toString(),
            distribution.script("karaf").toString()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"),
            "HOME", "/nonexistent", "KARAF_DATA", directory.resolve("data").toString(), "MARKETPLACE_PORT", "8181"));

        assertThat(builder.start().waitFor()).as(() -> read(output)).isZero();
    }

    private static boolean works(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
