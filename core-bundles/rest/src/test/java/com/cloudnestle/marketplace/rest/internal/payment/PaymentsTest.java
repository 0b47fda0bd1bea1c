package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.FakePayments;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);
    private static final String BUYER = "\"buyer\":{\"name\":\"Ann\",\"country\":\"IN\",\"region\":\"29\",\"address\":\"1 Lake Road\"}";
    private static final String PRO = "\"solution_id\":\"aws-solution-finder\",\"tier\":\"pro\"," + BUYER;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final FakePayments payments = PEOPLE.payments;
    private final Account ann = PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com");
    private final Http browser = PEOPLE.browser(PEOPLE.services.accounts.signIn(ann));
    private final Http bob = PEOPLE.browser(PEOPLE.services.accounts.signIn(
            PEOPLE.services.accounts.make("bob" + System.nanoTime() + "@example.com")));

    @BeforeEach
    void redirects() {
        payments.action = new Checkout.Redirect(URI.create("https://pay.example/1"));
    }

    private static String key() {
        return "key" + NUMBERS.incrementAndGet();
    }

    private JsonNode begun() {
        Answer answer = browser.header("Idempotency-Key", key()).post("/api/payments/initiate", "{" + PRO + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("payment");
    }

    private static String verify(JsonNode payment, String proof) {
        return "{\"payment_id\":\"" + payment.path("payment_id").asText() + "\"" + proof + "}";
    }

    @Test
    void tellsTheExactPriceWithItsTaxesAndWhereItCanBePaid() {
        Answer answer = browser.post("/api/payments/quote", "{" + PRO + "}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"quote\":{\"solution_id\":\"aws-solution-finder\",\"tier\":\"pro\",\"period\":\"month\","
                + "\"price\":{\"amount_minor\":99900,\"currency\":\"INR\"},\"credit\":null,"
                + "\"net\":{\"amount_minor\":99900,\"currency\":\"INR\"},\"taxes\":[{\"name\":\"IGST\",\"basis_points\":1800,"
                + "\"amount\":{\"amount_minor\":17982,\"currency\":\"INR\"}}],\"total\":{\"amount_minor\":117882,\"currency\":\"INR\"},\"starts_at\":null},"
                + "\"gateways\":[{\"gateway\":\"lab\",\"name\":\"Lab\",\"methods\":[\"UPI\"],\"test\":true}]}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void saysWhichFieldOfABuyerDoesNotDo() {
        assertThat(browser.post("/api/payments/quote", "{\"solution_id\":\"x\",\"tier\":\"pro\"}").field()).isEqualTo("buyer");
        assertThat(browser.post("/api/payments/quote", "{\"solution_id\":\"x\",\"tier\":\"pro\",\"buyer\":{}}").field())
                .isEqualTo("buyer.country");
        assertThat(browser.post("/api/payments/quote", "{\"solution_id\":\"x\",\"tier\":\"pro\",\"buyer\":{\"country\":\"XX\"}}").field())
                .isEqualTo("buyer.country");
        assertThat(browser.post("/api/payments/quote", "{\"tier\":\"pro\"," + BUYER + "}").field()).isEqualTo("solution_id");
        assertThat(browser.post("/api/payments/quote", "{\"solution_id\":\"x\"," + BUYER + "}").field()).isEqualTo("tier");
        assertThat(browser.post("/api/payments/quote", "{\"solution_id\":\"x\",\"tier\":\"no\"," + BUYER + "}").code())
                .isEqualTo("tier-unknown");
    }

    @Test
    void beginsAPurchaseAndTellsAllOfIt() {
        JsonNode payment = begun();

        assertThat(payment.path("state").asText()).isEqualTo("open");
        assertThat(payment.at("/total/amount_minor").asLong()).isEqualTo(117_882);
        assertThat(payment.at("/buyer/region").asText()).isEqualTo("29");
        assertThat(payment.path("expires_at").asText()).isEqualTo("2026-03-10T12:15:00Z");
        assertThat(payment.path("paid_at").isNull()).isTrue();
        assertThat(payment.path("checkout").toString()).isEqualTo("{\"type\":\"redirect\",\"url\":\"https://pay.example/1\"}");
        assertThat(browser.get("/api/payments/" + payment.path("payment_id").asText()).json().path("payment")).isEqualTo(payment);
    }

    @Test
    void sendsBuyersOfProvidersWithAScriptToAPageHere() {
        payments.action = FakePayments.SCRIPT;
        JsonNode payment = begun();

        assertThat(payment.path("checkout").toString()).isEqualTo(
                "{\"type\":\"page\",\"url\":\"/pay/" + payment.path("payment_id").asText() + "/checkout\"}");
    }

    @Test
    void givesTheSamePaymentForTheSameKeyWhereverItStands() {
        String key = key();
        Answer first = browser.header("Idempotency-Key", key).post("/api/payments/initiate", "{" + PRO + "}");
        Answer again = browser.post("/api/payments/initiate", "{\"idempotency_key\":\"" + key + "\"," + PRO + "}");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(browser.post("/api/payments/initiate", "{" + PRO + "}").field()).isEqualTo("idempotency_key");
        assertThat(browser.header("Idempotency-Key", "other").post("/api/payments/initiate",
                "{\"idempotency_key\":\"" + key + "\"," + PRO + "}").field()).isEqualTo("idempotency_key");
    }

    /** Case 19. */
    @Test
    void looksAtNoPriceThatABrowserSends() {
        String cheap = ",\"amount_minor\":1,\"price\":1,\"total\":{\"amount_minor\":1,\"currency\":\"INR\"},\"net\":1,\"customer_id\":\"x\"";
        Answer answer = browser.header("Idempotency-Key", key()).post("/api/payments/initiate", "{" + PRO + cheap + "}");

        assertThat(answer.json().at("/payment/total/amount_minor").asLong()).isEqualTo(117_882);
        assertThat(payments.purchases.get(payments.purchases.size() - 1).customerId()).isEqualTo(ann.id());
    }

    @Test
    void tellsAnAddressOfThisServerByItsPath() {
        String here = "http://127.0.0.1:" + browser.port();
        for (String url : List.of(here + "/solutions/faiss/search?q=a%20b", "https://finder.example/app", "/solutions/faiss/")) {
            browser.header("Idempotency-Key", key()).post("/api/payments/initiate", "{\"return_url\":\"" + url + "\"," + PRO + "}");
            assertThat(payments.purchases.get(payments.purchases.size() - 1).returnUrl()).isEqualTo(URI.create(url.replace(here, "")));
        }
        assertThat(browser.header("Idempotency-Key", key()).post("/api/payments/initiate", "{\"return_url\":\"http://a b\"," + PRO + "}")
                .field()).isEqualTo("return_url");
    }

    @Test
    void takesAProofAndTellsThatItIsPaid() {
        JsonNode payment = begun();

        assertThat(browser.post("/api/payments/verify", verify(payment, "")).json().at("/payment/state").asText()).isEqualTo("open");
        assertThat(browser.post("/api/payments/verify", verify(payment, ",\"proof\":{\"signature\":\"wrong\"}")).code())
                .isEqualTo("payment-proof-invalid");
        JsonNode paid = browser.post("/api/payments/verify", verify(payment, ",\"proof\":{\"signature\":\"right\"}")).json().path("payment");
        assertThat(paid.path("state").asText()).isEqualTo("paid");
        assertThat(paid.path("paid_at").asText()).isEqualTo("2026-03-10T12:01:00Z");
        assertThat(paid.path("checkout").isNull()).isTrue();
    }

    @Test
    void refusesProofsWithoutEnd() {
        JsonNode payment = begun();
        String many = IntStream.range(0, 31).mapToObj(i -> "\"a" + i + "\":\"x\"").collect(Collectors.joining(",", ",\"proof\":{", "}"));

        assertThat(browser.post("/api/payments/verify", verify(payment, many)).field()).isEqualTo("proof");
        assertThat(browser.post("/api/payments/verify", verify(payment, ",\"proof\":{\"a\":\"" + "x".repeat(2001) + "\"}")).field())
                .isEqualTo("proof");
        assertThat(browser.post("/api/payments/verify", verify(payment, ",\"proof\":{\"a\":null}")).field()).isEqualTo("proof");
        assertThat(browser.post("/api/payments/verify", "{}").field()).isEqualTo("payment_id");
    }

    /** Case 21. */
    @Test
    void isNobodyElses() {
        JsonNode payment = begun();

        assertThat(bob.get("/api/payments/" + payment.path("payment_id").asText()).code()).isEqualTo("payment-unknown");
        assertThat(bob.post("/api/payments/verify", verify(payment, ",\"proof\":{\"signature\":\"right\"}")).code())
                .isEqualTo("payment-unknown");
        assertThat(bob.get("/api/payments/history").json().path("payments")).isEmpty();
        assertThat(browser.get("/api/payments/" + payment.path("payment_id").asText()).json().at("/payment/state").asText())
                .isEqualTo("open");
    }

    @Test
    void listsWhatWasBoughtPageByPage() {
        begun();
        begun();

        assertThat(browser.get("/api/payments/history").json().path("payments")).hasSize(2);
        JsonNode page = browser.get("/api/payments/history?limit=1&cursor=abc").json();
        assertThat(page.path("payments")).hasSize(1);
        assertThat(page.path("next_cursor").asText()).isEqualTo("more");
        assertThat(payments.acts).contains("history 20 null", "history 1 abc");
        assertThat(browser.get("/api/payments/history?limit=101").field()).isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/payments/quote", "/api/payments/initiate", "/api/payments/verify"})
    void isForWhoeverIsSignedInAndNoPrograms(String path) {
        Http program = SERVER.http();

        assertThat(program.post(path, "{" + PRO + "}").status()).isEqualTo(401);
        assertThat(program.bearer(Services.ADMIN_KEY).post(path, "{" + PRO + "}").status()).isEqualTo(401);
        assertThat(program.bearer(Services.ADMIN_KEY).get("/api/payments/history").status()).isEqualTo(401);
        assertThat(program.get("/api/payments/pay_1").status()).isEqualTo(401);
    }
}
