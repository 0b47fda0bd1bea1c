package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static HttpTransport transport(@Nullable SSLContext trust) {
        return new HttpTransport(PATIENCE, PATIENCE, trust);
    }

    private static HttpRequest get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).build();
    }

    private static InetSocketAddress anyPort() throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    }

    @Test
    void whereNobodyListensNothingWasSent() throws IOException {
        try (Socket nobody = new Socket(); HttpTransport transport = transport(null)) {
            nobody.bind(anyPort()); // so that nobody else can listen there
            assertThat(kind(transport, "http://127.0.0.1:" + nobody.getLocalPort() + "/")).isEqualTo(Kind.NOT_CONTACTED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSilenceEndsWithAnOutcomeThatIsNotKnown(boolean inTheMiddle) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(anyPort(), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                if (inTheMiddle) {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                }
                over.await(2, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        long began = System.nanoTime();
        try (HttpTransport hasty = new HttpTransport(PATIENCE, Duration.ofMillis(500), null)) {
            assertThat(kind(hasty, "http://127.0.0.1:" + server.getAddress().getPort() + "/")).isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(System.nanoTime() - began).as("before the server gave up").isLessThan(PATIENCE.toNanos());
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    private static Kind kind(HttpTransport transport, String address) {
        return catchThrowableOfType(GatewayException.class, () -> transport.send(get(address))).kind();
    }

    @Test
    void aHostWithTheWrongNameGetsNoRequest(@TempDir Path folder) throws Exception { // 47
        KeyStore keys = certificateOf("another.example.invalid", folder);
        SSLContext context = context(keys);
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String address = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (HttpTransport trusting = transport(context); HttpTransport plain = transport(null)) {
            assertThat(kind(trusting, address)).as("a trusted certificate of another name").isEqualTo(Kind.NOT_CONTACTED);
            assertThat(kind(plain, address)).as("a certificate that nobody trusts").isEqualTo(Kind.NOT_CONTACTED);
            assertThat(requests.get()).isZero();
        } finally {
            server.stop(0);
        }
    }

    private static KeyStore certificateOf(String name, Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void anAnswerThatIsTooLongIsNoAnswer() throws Exception {
        HttpServer server = HttpServer.create(anyPort(), 0);
        server.createContext("/", exchange -> {
            byte[] body = new byte[2 * 1024 * 1024];
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (HttpTransport transport = transport(null)) {
            assertThat(transport.send(get("http://127.0.0.1:" + server.getAddress().getPort() + "/")).body()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aGatewayThatWasStoppedSendsNothing() {
        HttpTransport transport = transport(null);
        transport.close();

        assertThat(kind(transport, "http://127.0.0.1:1/")).isEqualTo(Kind.NOT_CONTACTED);
    }
}
