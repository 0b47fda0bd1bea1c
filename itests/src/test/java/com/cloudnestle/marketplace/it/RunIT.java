package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command a newcomer types. It starts what the build before these tests made; they do not build again. */
class RunIT {
    private static final Path RUN = Path.of(System.getProperty("marketplace.run")).normalize();

    @TempDir
    Path directory;

    @Test
    void explainsItself() throws Exception {
        Ended help = end(run("--help"));
        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("--port", "--data", "console");
    }

    @Test
    void refusesWrongArgumentsWithItsUsage() throws Exception {
        for (List<String> wrong : List.of(List.of("--nonsense"), List.of("--port"), List.of("--port", "0"),
                List.of("--port", "65536"), List.of("--port", "http"), List.of("--data", ""), List.of("start"))) {
            Ended answer = end(run(wrong.toArray(String[]::new)));
            assertThat(answer.code()).as("%s", wrong).isEqualTo(2);
            assertThat(answer.output()).as("%s", wrong).contains("Usage: ./run");
        }
    }

    @Test
    void refusesAnOlderJava() throws Exception {
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Ended answer = end(run(Map.of("JAVA_HOME", directory.resolve("jdk").toString())));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("needs Java 17 or newer", "is Java 11");
    }

    @Test
    void refusesAWrongJavaHome() throws Exception {
        Ended answer = end(run(Map.of("JAVA_HOME", directory.toString())));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("no bin/java in it");
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended answer = end(run("--no-build", "--port", "" + taken.getLocalPort(), "--data", data()));

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.output()).contains("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void consoleSaysWhenNothingRuns() throws Exception {
        Ended answer = end(run("--data", data(), "console", "shell:info"));

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
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            ProcessBuilder builder = builder(Map.of(), "--no-build", "--port", "" + port, "--data", data());
            running = builder.redirectOutput(output.toFile()).start();
            awaitOutput("Ctrl-C stops it");
        }

        @AfterEach
        void end() throws Exception {
            running.destroy();
            assertThat(running.waitFor(60, SECONDS)).isTrue();
        }

        @Test
        void showsAddressesAndSecretsOnceAndStopsCleanly() throws Exception {
            assertThat(Files.readString(output)).contains("http://127.0.0.1:" + port + "/", "Console secret",
                data() + "   (log");
            assertThat(directory.resolve("my data/first-start")).isEmptyDirectory();

            running.destroy();

            assertThat(running.waitFor(60, SECONDS)).isTrue();
            assertThat(running.exitValue()).isZero();
            assertThat(Files.readString(output)).endsWith("stopped\n");
            try (ServerSocket free = new ServerSocket(port)) {
                assertThat(free.isBound()).isTrue();
            }
        }

        @Test
        void refusesASecondRunOnTheSameData() throws Exception {
            Ended second = RunIT.end(run("--no-build", "--port", "" + port, "--data", data()));

            assertThat(second.code()).isEqualTo(3);
            assertThat(second.output()).contains("in use by process", "port " + port);
        }

        @Test
        void opensTheConsoleWithoutAPassword() throws Exception {
            Ended answer = RunIT.end(run("--data", data(), "console", "shell:echo", "two words"));
            assertThat(answer).isEqualTo(new Ended(0, "two words\n"));
            assertThat(RunIT.end(run("--data", data(), "console", "shell:echo one; shell:echo two")))
                .isEqualTo(new Ended(0, "one\ntwo\n"));

            Ended unknown = RunIT.end(run("--data", data(), "console", "no:such"));
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.output()).contains("Command not found");
        }

        private void awaitOutput(String wanted) throws IOException, InterruptedException {
            for (int poll = 0; poll < 1200 && running.isAlive(); poll++) {
                if (Files.readString(output).contains(wanted)) {
                    return;
                }
                Thread.sleep(100);
            }
            throw new AssertionError("no \"" + wanted + "\" in: " + Files.readString(output));
        }
    }

    private String data() {
        return directory.resolve("my data").toString();
    }

    private static Process run(String... arguments) throws IOException {
        return run(Map.of(), arguments);
    }

    private static Process run(Map<String, String> environment, String... arguments) throws IOException {
        return builder(environment, arguments).start();
    }

    private static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(RUN.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MARKETPLACE_") || name.startsWith("KARAF_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static Ended end(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** A call of ./run that ended. */
    record Ended(int code, String output) {
    }
}
