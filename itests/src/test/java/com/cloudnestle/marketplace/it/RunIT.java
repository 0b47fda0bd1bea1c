package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.it.RunScript.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command a newcomer types. It starts what the build before these tests made; they do not build again. */
class RunIT {
    private static final int START_SECONDS = 300;
    private static final int STOP_SECONDS = 180;

    @TempDir
    Path directory;

    @Test
    void explainsItself() throws Exception {
        Ended help = RunScript.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("--port", "--data", "console");
    }

    @Test
    void refusesWrongArgumentsWithItsUsage() throws Exception {
        for (List<String> wrong : List.of(List.of("--nonsense"), List.of("--port"), List.of("--port", "0"),
                List.of("--port", "65536"), List.of("--port", "http"), List.of("--data", ""), List.of("start"),
                List.of("--nodes", "0"), List.of("--nodes", "10"), List.of("--node", "0"), List.of("--nodes", "2", "--node", "1"),
                List.of("--nodes", "2", "--ssh-port", "8101"), List.of("--nodes", "3", "--port", "65534"))) {
            Ended answer = RunScript.run(wrong.toArray(String[]::new));
            assertThat(answer.code()).as("%s", wrong).isEqualTo(2);
            assertThat(answer.output()).as("%s", wrong).contains("Usage: ./run");
        }
    }

    @Test
    void refusesAnOlderJava() throws Exception {
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Ended answer = RunScript.run(Map.of("JAVA_HOME", directory.resolve("jdk").toString()));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("needs Java 17 or newer", "is Java 11");
    }

    @Test
    void refusesAWrongJavaHome() throws Exception {
        Ended answer = RunScript.run(Map.of("JAVA_HOME", directory.toString()));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("no bin/java in it");
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended answer = RunScript.run("--no-build", "--port", "" + taken.getLocalPort(), "--data", data());

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.output()).contains("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void refusesNodesOfWhichOneHasATakenPort() throws Exception {
        int first = Ports.freeInARow(2);
        try (ServerSocket taken = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
            Ended answer = RunScript.run("--no-build", "--nodes", "2", "--port", "" + first, "--data", data());

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.output()).contains("port " + taken.getLocalPort() + " is in use");
        }
        assertThat(Path.of(data())).doesNotExist();
    }

    @Test
    void refusesToJoinNodesThatDoNotRun() throws Exception {
        Ended answer = RunScript.run("--node", "2", "--data", data());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("no nodes run on " + data(), "./run --nodes 3");
    }

    @Test
    void consoleSaysWhenNothingRuns() throws Exception {
        Ended answer = RunScript.run("--data", data(), "console", "shell:info");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("no marketplace was ever started on");
    }

    @Nested
    class WhenStarted {
        private Process running;
        private Path output;
        private int port;

        @BeforeEach
        void start() throws Exception {
            output = directory.resolve("run.out");
            port = Ports.free();
            ProcessBuilder builder = RunScript.builder(Map.of("MARKETPLACE_START_SECONDS", "" + START_SECONDS),
                "--no-build", "--port", "" + port, "--ssh-port", "" + Ports.free(), "--data", data());
            running = builder.redirectOutput(output.toFile()).start();
            RunScript.awaitOutput(running, output, "Ctrl-C stops it", START_SECONDS + 60);
        }

        @AfterEach
        void end() throws Exception {
            running.destroy();
            assertThat(running.waitFor(STOP_SECONDS, SECONDS)).isTrue();
        }

        @Test
        void showsAddressesAndSecretsOnceAndStopsCleanly() throws Exception {
            assertThat(Files.readString(output)).contains("http://localhost:" + port + "/", "http://localhost:" + port + "/setup#code=",
                "Console secret",
                data() + "   (log");
            assertThat(directory.resolve("my data/first-start")).isEmptyDirectory();

            running.destroy();

            assertThat(running.waitFor(STOP_SECONDS, SECONDS)).isTrue();
            assertThat(running.exitValue()).isZero();
            assertThat(Files.readString(output)).endsWith("stopped\n");
            assertThat(Ports.isFree(port)).isTrue();
        }

        @Test
        void refusesASecondRunOnTheSameData() throws Exception {
            Ended second = RunScript.run("--no-build", "--port", "" + port, "--data", data());

            assertThat(second.code()).isEqualTo(3);
            assertThat(second.output()).contains("in use by process", "port " + port);
        }

        @Test
        void opensTheConsoleWithoutAPassword() throws Exception {
            Ended answer = RunScript.run("--data", data(), "console", "shell:echo", "two words");
            assertThat(answer).isEqualTo(new Ended(0, "two words\n"));
            assertThat(RunScript.run("--data", data(), "console", "shell:echo one; shell:echo two"))
                .isEqualTo(new Ended(0, "one\ntwo\n"));

            Ended unknown = RunScript.run("--data", data(), "console", "no:such");
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.output()).contains("Command not found");
        }
    }

    private String data() {
        return directory.resolve("my data").toString();
    }
}
