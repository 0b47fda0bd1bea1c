package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviewer's case 47. */
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    Path folder;

    @Test
    void aServerWithTheNameOfAnotherIsNotContacted() throws Exception {
        assertThat(exchange("other.example.invalid", true)).isEqualTo(Kind.NOT_CONTACTED);
    }

    @Test
    void aServerThatNobodyVouchesForIsNotContacted() throws Exception {
        assertThat(exchange("127.0.0.1", false)).isEqualTo(Kind.NOT_CONTACTED);
    }

    @Test
    void aServerWithItsOwnNameIs() throws Exception {
        assertThat(exchange("127.0.0.1", true)).as("no refusal").isNull();
    }

    @org.jspecify.annotations.Nullable Kind exchange(String name, boolean trusted) throws Exception {
        KeyStore store = certificate(name);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger requests = new AtomicInteger();
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Optional<SSLContext> trust = trusted ? Optional.of(context(store)) : Optional.empty();
        try (Wire wire = new Wire(PATIENCE, trust)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/v1/orders"))
                    .header("Authorization", "Basic bm90aGluZw==").build();
            if (name.equals("127.0.0.1") && trusted) {
                wire.exchange(request, PATIENCE);
                assertThat(requests).hasValue(1);
                return null;
            }
            Kind[] kind = new Kind[1];
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> wire.exchange(request, PATIENCE))
                    .satisfies(e -> kind[0] = e.kind());
            assertThat(requests).as("credentials were not sent").hasValue(0);
            return kind[0];
        } finally {
            server.stop(0);
        }
    }

    private KeyStore certificate(String name) throws Exception {
        Path file = folder.resolve("server.p12");
        String subject = name.matches("[0-9.]+") ? "ip:" + name : "dns:" + name;
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + subject, "-validity", "2",
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD)))
                .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
