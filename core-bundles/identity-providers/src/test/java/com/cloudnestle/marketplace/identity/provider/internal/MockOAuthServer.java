package com.cloudnestle.marketplace.identity.provider.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An OpenID provider of other people's making, as a process of its own. It asks nobody who they are: each of its issuers
 * stands for one person. It ends with the process that started it.
 */
final class MockOAuthServer implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);
    private static final String PERSON = """
            {"issuerId":"%s","tokenExpiry":300,"requestMappings":[{"requestParam":"grant_type","match":"authorization_code",\
            "claims":{"sub":"%s","aud":"${clientId}","email":"%s","email_verified":%s,"name":"%s"}}]}""";

    private final Process process;
    private final int port;

    private MockOAuthServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static String person(String issuer, String subject, String email, boolean verified, String name) {
        return PERSON.formatted(issuer, subject, email, verified, name);
    }

    /** What the process runs: the server, and a watch over whoever holds the other end of standard input. */
    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // only that somebody is there matters
                }
            } catch (IOException e) {
                // the other end is gone, too
            }
            Runtime.getRuntime().halt(0);
        }, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName("no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt").getMethod("main").invoke(null);
    }

    static MockOAuthServer start(Path folder, String... persons) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, MockOAuthServer.class.getName());
        builder.environment().put("SERVER_HOSTNAME", "127.0.0.1");
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("JSON_CONFIG",
                "{\"interactiveLogin\":false,\"tokenCallbacks\":[" + String.join(",", persons) + "]}");
        Path log = folder.resolve("mock-oauth2-server.log");
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        MockOAuthServer server = new MockOAuthServer(process, port);
        server.await(log);
        return server;
    }

    private void await(Path log) throws IOException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < PATIENCE_NANOS && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        String said = Files.readString(log);
        close();
        throw new UncheckedIOException(new IOException("the provider did not start: " + said));
    }

    String issuer(String id) {
        return "http://127.0.0.1:" + port + "/" + id;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
