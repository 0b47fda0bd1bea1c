package com.cloudnestle.marketplace.exactness.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node from outside: a process that is started, killed and started again, and what its lives counted. */
final class NodeHandle implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Plan plan;
    private final Tally tally;
    private @Nullable Process process;
    private long lives;

    NodeHandle(Plan plan) {
        this.plan = plan;
        this.tally = new Tally(plan.tally(), plan.keys());
    }

    Tally tally() {
        return tally;
    }

    void launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp", Stores.classPath(), NodeProcess.class.getName()));
        command.addAll(plan.arguments());
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
            lives++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its present life has got so far that it can work. */
    boolean ready() {
        return tally.get(Tally.Sum.READY) >= lives;
    }

    /** As the operating system does it to a process that used too much memory: no signal handler, no farewell. */
    void kill() {
        close();
        launch();
    }

    void checkAlive() {
        if (!process().isAlive()) {
            throw new IllegalStateException("node " + plan.node() + " ended by itself: " + lastWords());
        }
    }

    void awaitEnd() {
        if (!exited() || process().exitValue() != 0) {
            throw new IllegalStateException("node " + plan.node() + " did not end well: " + lastWords());
        }
    }

    private boolean exited() {
        try {
            return process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process process() {
        return Objects.requireNonNull(process);
    }

    private Path output() {
        return plan.folder().resolve("out-" + plan.node());
    }

    private String lastWords() {
        try {
            String text = Files.readString(output());
            return text.length() > 4_000 ? text.substring(text.length() - 4_000) : text;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends the process at once. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            exited();
        }
    }
}
