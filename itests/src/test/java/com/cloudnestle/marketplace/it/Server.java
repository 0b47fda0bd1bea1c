package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One marketplace process on a data directory of its own, started by the scripts of the distribution as a user would. */
final class Server implements AutoCloseable {
    static final String ADMIN_KEY = "integration-test-admin-key-of-48-characters-long";

    /** For a process to end. */
    private static final int END_SECONDS = 180;
    private static final int CONSOLE_SECONDS = 240;

    private final Distribution distribution;
    private final Path javaHome;
    private final Path data;
    private final int port = Ports.free();
    private final int sshPort = Ports.free();
    private final Http http = new Http(port);
    private String adminKey = ADMIN_KEY;
    private Process process;

    Server(Distribution distribution, Path javaHome, Path data) throws IOException {
        this.distribution = distribution;
        this.javaHome = javaHome;
        this.data = data;
    }

    Server withAdminKey(String key) {
        adminKey = key;
        return this;
    }

    /** Starts and waits until it is ready. Returns the time that took. */
    Duration start() throws IOException, InterruptedException {
        long began = System.nanoTime();
        process = script("karaf", List.of("server")).redirectOutput(output().toFile()).start();
        http.await("the server is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server ended while it was starting: " + Files.readString(output()));
            }
            return http.get("/health/ready");
        }, response -> response.statusCode() == 200);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The solutions of the distribution come a moment after the server is ready. */
    void awaitSolutionFinder() throws InterruptedException {
        http.awaitStatus("/solutions/aws-solution-finder/search", 200);
    }

    /** The console opens at a time of its own: it may be after the server is ready. */
    void awaitConsole() throws InterruptedException {
        long began = System.nanoTime();
        while (!consoleGreets()) {
            assertThat(System.nanoTime() - began).as("nobody greets on the console's port").isLessThan(SECONDS.toNanos(CONSOLE_SECONDS));
            Thread.sleep(100);
        }
    }

    private boolean consoleGreets() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sshPort)) {
            socket.setSoTimeout(60_000);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (IOException e) {
            return false;
        }
    }

    /** The permanent token of one customer for a solution, as an admin gives it. */
    String newToken(String solution, String tier) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.post("/api/generate-solution-token",
            "{\"user_email\": \"ann@example.com\", \"solution_id\": \"" + solution + "\", \"access_tier\": \"" + tier + "\"}",
            "Authorization", "Bearer " + ADMIN_KEY);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return Http.json(answer).required("token").asText();
    }

    /** Runs a script of the distribution on this server's data to its end, feeding it the input. */
    Ended run(String script, List<String> arguments, String input) throws IOException, InterruptedException {
        Process started = script(script, arguments).start();
        try (OutputStream out = started.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended without reading; its output says why
        }
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor(END_SECONDS, SECONDS)).as("%s ends", script).isTrue();
        return new Ended(started.exitValue(), output);
    }

    /** Runs console commands over SSH; the login is {@code -u}, {@code -p} or {@code -k} with their values. */
    Ended console(String commands, String... login) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-b", "-h", "127.0.0.1", "-a", "" + sshPort,
            "-r", "" + CONSOLE_SECONDS, "-d", "1")); // it may open after HTTP
        arguments.addAll(List.of(login));
        return run("client", arguments, commands + "\n");
    }

    /** What the first start told the operator, once. */
    String operatorSecret() throws IOException {
        String notice = Files.readString(data.resolve("first-start/operator.txt"));
        return notice.lines().findFirst().orElseThrow().replaceAll(".*: ", "");
    }

    private ProcessBuilder script(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(Distribution.unprivileged());
        command.add(distribution.script(script).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", javaHome.toString(),
            "KARAF_DATA", data.toString(), "MARKETPLACE_PORT", "" + port, "MARKETPLACE_SSH_PORT", "" + sshPort,
            "MARKETPLACE_ADMIN_KEY", adminKey));
        return builder;
    }

    /** Stops by SIGTERM. Returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(END_SECONDS, SECONDS)).as("stops after SIGTERM").isTrue();
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(END_SECONDS, SECONDS)).as("dies after SIGKILL").isTrue();
    }

    Http http() {
        return http;
    }

    long pid() {
        return process.pid();
    }

    /** What the process has used of the processor. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    int port() {
        return port;
    }

    int sshPort() {
        return sshPort;
    }

    Path data() {
        return data;
    }

    /** Resident memory in MiB, 0 where /proc does not tell. */
    long residentMebibytes() throws IOException {
        Path status = Path.of("/proc", "" + pid(), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).orElse(0L);
        }
    }

    List<String> log() throws IOException {
        return Files.readAllLines(data.resolve("log/karaf.log"));
    }

    private Path output() {
        return data.resolveSibling(data.getFileName() + ".out");
    }

    /** Once it returns nobody writes to the data any more, so that they can be deleted. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** A script that ran to its end. */
    record Ended(int code, String output) {
    }
}
