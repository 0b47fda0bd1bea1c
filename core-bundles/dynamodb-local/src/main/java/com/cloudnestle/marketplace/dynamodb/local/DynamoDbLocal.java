package com.cloudnestle.marketplace.dynamodb.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A running DynamoDB Local: a process of its own, in memory, on a free port of 127.0.0.1. It ends with the JVM that
 * started it, however that ends. Data is kept apart by access key and region, as the emulator does it; any credentials
 * are accepted. Thread-safe.
 */
public final class DynamoDbLocal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;
    private static final int LAST_LINES = 30;

    private static @Nullable DynamoDbLocal shared;

    private final Process process;
    private final int port;
    private final Deque<String> output = new ConcurrentLinkedDeque<>();
    private final Path sign;

    private DynamoDbLocal(Process process, int port, Path sign) {
        this.process = process;
        this.port = port;
        this.sign = sign;
        Thread reader = new Thread(this::readOutput, "dynamodb-local-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The one that all tests of this JVM share, started by the first who asks; not to be closed. */
    public static synchronized DynamoDbLocal start() {
        if (shared == null || !shared.process.isAlive()) {
            shared = startOwn();
        }
        return shared;
    }

    /**
     * A process for the caller alone, who closes it.
     *
     * @throws IllegalStateException if it does not answer within a minute
     */
    public static DynamoDbLocal startOwn() {
        return startOwn(0);
    }

    /** @param port where it listens; 0 for a free one */
    public static DynamoDbLocal startOwn(int port) {
        String failures = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) { // a free port may be taken by another before we bind it
            DynamoDbLocal started = launch(port == 0 ? freePort() : port);
            Optional<String> failure = started.awaitReady();
            if (failure.isEmpty()) {
                delete(started.sign);
                return started;
            }
            started.close();
            delete(started.sign);
            failures += "\n" + failure.get();
        }
        throw new IllegalStateException("DynamoDB Local did not start:" + failures);
    }

    /** Where it listens: {@code http://127.0.0.1:<port>}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** Ends the process at once; its data is gone. Closing twice is no error. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Process process() {
        return process;
    }

    boolean alive() {
        return process.isAlive();
    }

    private static DynamoDbLocal launch(int port) {
        String classPath = classPath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dsqlite4java.library.path=" + nativeLibrary(classPath),
                "-cp", classPath + File.pathSeparator + ownClasses(),
                LocalServer.class.getName(), "--port", Integer.toString(port)));
        try {
            // Standard input stays a pipe that we never write to: its end tells the child that we are gone.
            Path sign = Files.createTempFile("dynamodb-local", ".sign");
            command.addAll(List.of("--sign", sign.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .start();
            return new DynamoDbLocal(process, port, sign);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps its last words. It must be read: a full pipe would stop the process. */
    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.addLast(line);
                if (output.size() > LAST_LINES) {
                    output.removeFirst();
                }
            }
        } catch (IOException e) {
            output.addLast(e.toString());
        }
    }

    /** Empty once it answers; else why it does not. */
    private Optional<String> awaitReady() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest ask = HttpRequest.newBuilder(endpoint()).timeout(Duration.ofSeconds(5)).build();
        long started = System.nanoTime();
        String last = "";
        while (System.nanoTime() - started < PATIENCE.toNanos()) {
            if (!process.isAlive()) {
                return Optional.of("the process ended with code " + process.exitValue() + ": " + said() + "\n" + String.join("\n", output));
            }
            if (!said().equals(LocalServer.LISTENING)) { // whoever answers there is another
                last = "it does not say that it listens";
                LockSupport.parkNanos(20_000_000);
                continue;
            }
            try {
                // Without a signature the emulator refuses; that it does so means that it is ready.
                String answer = client.send(ask, HttpResponse.BodyHandlers.ofString()).body();
                if (answer.contains("MissingAuthenticationToken")) {
                    return Optional.empty();
                }
                return Optional.of("port " + port + " belongs to something else");
            } catch (IOException e) {
                last = e.toString();
                LockSupport.parkNanos(20_000_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }
        return Optional.of("no answer within " + PATIENCE.toSeconds() + " s: " + last);
    }

    /** What came of the start, as far as the process has told. */
    private String said() {
        try {
            return Files.readString(sign);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path sign) {
        try {
            Files.deleteIfExists(sign);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        try (InputStream resource = DynamoDbLocal.class.getResourceAsStream("classpath.txt")) {
            if (resource == null) {
                throw new IllegalStateException("classpath.txt is missing: build the module marketplace-dynamodb-local");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the native library for this machine, which lies beside the jars. */
    private static Path nativeLibrary(String classPath) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.contains("win") ? "sqlite4java-win32-x64"
                : system.contains("mac") ? "libsqlite4java-osx" : "libsqlite4java-linux-amd64";
        for (String entry : classPath.split(File.pathSeparator)) {
            Path file = Path.of(entry);
            if (file.getFileName().toString().startsWith(name) && Files.exists(file)) {
                return file.getParent();
            }
        }
        throw new IllegalStateException("the class path of DynamoDB Local has no " + name
                + ": build the module marketplace-dynamodb-local again");
    }

    private static Path ownClasses() {
        try {
            return Path.of(DynamoDbLocal.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
