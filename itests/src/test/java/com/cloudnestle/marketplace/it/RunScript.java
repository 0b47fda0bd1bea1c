package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of {@code ./run}, with an environment that holds no settings of whoever runs the tests. */
final class RunScript {
    private static final Path RUN = Path.of(System.getProperty("marketplace.run")).normalize();
    private static final int POLLS_A_SECOND = 10;

    private RunScript() {
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs to its end. */
    static Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Process process = builder(environment, arguments).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(RUN.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MARKETPLACE_") || name.startsWith("KARAF_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Waits until the process that writes to the file has said it. */
    static void awaitOutput(Process running, Path output, String wanted, int seconds) throws IOException, InterruptedException {
        for (int poll = 0; poll < seconds * POLLS_A_SECOND && running.isAlive(); poll++) {
            if (Files.readString(output).contains(wanted)) {
                return;
            }
            Thread.sleep(1000 / POLLS_A_SECOND);
        }
        throw new AssertionError("no \"" + wanted + "\" in: " + Files.readString(output));
    }

    /** A call that ended. */
    record Ended(int code, String output) {
    }
}
