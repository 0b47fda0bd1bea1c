package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.FakePayments;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How notifications get from the wire to the payments; people may call once a minute here. */
class WebhookEdgeTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1);
    private static final String ANY = "/api/payments/webhook";

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final FakePayments payments = PEOPLE.payments;
    private final Http provider = SERVER.http().header("Content-Type", "application/json");

    @BeforeEach
    void nothingYet() {
        payments.webhooks.clear();
        payments.onWebhook = (gateway, webhook) -> {};
    }

    private Answer send(byte[] body) {
        return provider.send("POST", ANY, BodyPublishers.ofByteArray(body));
    }

    @Test
    void bringsTheVeryBytesAndAllHeadersButCookies() throws IOException {
        byte[] body = new byte[70_000];
        new Random(7).nextBytes(body);
        Answer answer = provider.header("X-Signature", "Ünsigned").header("Cookie", "some=body")
                .send("POST", ANY, BodyPublishers.ofByteArray(body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"status\":\"accepted\"}");
        RawWebhook taken = payments.webhooks.get(0);
        assertThat(taken.body()).isEqualTo(body);
        assertThat(taken.receivedAt()).isEqualTo(PEOPLE.services.clock.instant());
        assertThat(taken.header("X-SIGNATURE")).hasSize(1);
        assertThat(taken.header("cookie")).isEmpty();

        provider.raw("POST " + ANY + " HTTP/1.1\r\nHost: x\r\nX-S: a\r\nx-s: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(payments.webhooks.get(1).header("x-s")).as("said twice").containsExactly("a", "b");
    }

    @Test
    void namesTheGatewayOfTheAddress() {
        List<Optional<String>> named = new ArrayList<>();
        payments.onWebhook = (gateway, webhook) -> named.add(gateway);

        for (String path : List.of("", "/", "/razorpay", "/phonepe-2")) {
            assertThat(provider.post(ANY + path, "{}").status()).as(path).isEqualTo(200);
        }
        assertThat(named).containsExactly(Optional.empty(), Optional.empty(), Optional.of("razorpay"), Optional.of("phonepe-2"));
        for (String path : List.of("/Razorpay", "/a/b", "/x", "/%2e%2e", "/" + "a".repeat(31))) {
            assertThat(provider.post(ANY + path, "{}").status()).as(path).isBetween(400, 404);
        }
        assertThat(named).hasSize(4);
    }

    /** Case 9: nothing of it reaches the payments, and memory does not follow the sender's wishes. */
    @Test
    void refusesWhatIsEmptyTooLargeOrCompressed() throws IOException {
        assertThat(send(new byte[0]).status()).isEqualTo(400);
        assertThat(send(new byte[RawWebhook.MAX_BODY + 1]).code()).isEqualTo("too-large");
        assertThat(provider.raw("POST " + ANY + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("10000\r\n" + "a".repeat(65_536) + "\r\n").repeat(5) + "0\r\n\r\n")).startsWith("HTTP/1.1 413");
        assertThat(provider.raw("POST " + ANY + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10485760\r\n\r\n"))
                .as("10 MB, announced").startsWith("HTTP/1.1 413");
        for (String encoding : List.of("gzip", "br", "identity, gzip", "GZIP")) {
            assertThat(provider.header("Content-Encoding", encoding).post(ANY, "{}").status()).as(encoding).isEqualTo(415);
        }
        assertThat(payments.webhooks).isEmpty();
        assertThat(send(new byte[RawWebhook.MAX_BODY]).status()).as("the largest").isEqualTo(200);
        assertThat(provider.header("Content-Encoding", "identity").post(ANY, "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/octet-stream"})
    void doesNotAskForAKindOfBody(String type) {
        assertThat(SERVER.http().header("Content-Type", type).post(ANY, "a=%20b").status()).isEqualTo(200);
        assertThat(new String(payments.webhooks.get(0).body())).isEqualTo("a=%20b");
    }

    @Test
    void takesABurstThatPeopleWouldNotBeAllowed() {
        for (int i = 0; i < 300; i++) {
            assertThat(send(("{\"n\":" + i + "}").getBytes()).status()).isEqualTo(200);
        }
        assertThat(payments.webhooks).hasSize(300);
    }

    @Test
    void tellsTheProviderToTryAgainOrNot() {
        payments.onWebhook = (gateway, webhook) -> {
            throw new MarketplaceException(Problem.WEBHOOK_REFUSED, "The notification is not genuine.");
        };
        assertThat(send("{}".getBytes()).status()).isEqualTo(401);
        payments.onWebhook = (gateway, webhook) -> {
            throw new MarketplaceException(Problem.PROVIDER_UNAVAILABLE, "Not right now.");
        };
        assertThat(send("{}".getBytes()).status()).isEqualTo(503);
        payments.onWebhook = (gateway, webhook) -> {
            throw new IllegalStateException("a secret of ours");
        };
        Answer broken = send("{}".getBytes());
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.text()).doesNotContain("secret");
        assertThat(broken.header("X-Request-Id")).startsWith("req_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD"})
    void isOnlyPosted(String method) {
        Answer answer = provider.send(method, ANY, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    }
}
