package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.FakePayments;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a payment buys and the documents of it, as the one who paid, one who looks on, and administrators see them. */
class ReceiptsTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);
    private static final String PRO = "{\"solution_id\":\"aws-solution-finder\",\"tier\":\"pro\","
            + "\"buyer\":{\"country\":\"IN\",\"region\":\"29\"}}";

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final FakePayments payments = PEOPLE.payments;
    private final Account ann = PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com");
    private final Http browser = PEOPLE.browser(PEOPLE.services.accounts.signIn(ann));
    private final Http operator = SERVER.http().bearer(Services.ADMIN_KEY);

    @AfterEach
    void nothingIsLeft() {
        payments.credit = Optional.empty();
        payments.startsAt = Optional.empty();
    }

    private Payment begun() {
        return payments.initiate(new Purchase(ann.id(), "aws-solution-finder", "pro", new Buyer("Ann", "IN", "29", "", "1 Lake Road"),
                null, null, "k" + System.nanoTime()));
    }

    private Payment paid() {
        return payments.verify(ann.id(), begun().id(), new ReturnProof(Map.of("signature", "right")));
    }

    private Answer refund(Payment payment) {
        return operator.post("/api/admin/payments/" + payment.id() + "/refund",
                "{\"amount_minor\":11800,\"reason\":\"x\",\"idempotency_key\":\"k\"}");
    }

    @Test
    void tellsTheCreditForWhatIsLeftOfALowerTier() {
        payments.credit = Optional.of(new Quote.Credit("pay_1", "starter", new Money(14_970, "INR"), 9, 30));

        JsonNode quote = browser.post("/api/payments/quote", PRO).json().path("quote");

        assertThat(quote.path("credit").toString()).isEqualTo("{\"payment_id\":\"pay_1\",\"tier\":\"starter\","
                + "\"amount\":{\"amount_minor\":14970,\"currency\":\"INR\"},\"unused_days\":9,\"term_days\":30}");
        assertThat(quote.at("/price/amount_minor").asLong()).isEqualTo(99_900);
        assertThat(quote.at("/net/amount_minor").asLong()).isEqualTo(84_930);
        JsonNode payment = browser.get("/api/payments/" + begun().id()).json().path("payment");
        assertThat(payment.path("credit")).isEqualTo(quote.path("credit"));
        assertThat(payment.path("price")).isEqualTo(quote.path("price"));
    }

    @Test
    void tellsWhenARenewalBegins() {
        payments.startsAt = Optional.of(Instant.parse("2026-04-10T12:00:00Z"));

        assertThat(browser.post("/api/payments/quote", PRO).json().at("/quote/starts_at").asText()).isEqualTo("2026-04-10T12:00:00Z");
        assertThat(browser.get("/api/payments/" + begun().id()).json().at("/payment/starts_at").asText()).isEqualTo("2026-04-10T12:00:00Z");
    }

    @Test
    void saysUntilWhenSomethingIsPaidForInsteadOfSellingItAgain() {
        paid();

        for (String path : new String[] {"/api/payments/quote", "/api/payments/initiate"}) {
            Answer answer = browser.header("Idempotency-Key", "k" + System.nanoTime()).post(path, PRO);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("conflict");
            assertThat(answer.json().path("detail").asText()).contains("paid for until 2026-04-10T12:00:00Z");
        }
    }

    @Test
    void tellsTheTermAndTheInvoiceOnceItIsPaid() {
        Payment open = begun();
        JsonNode unpaid = browser.get("/api/payments/" + open.id()).json().path("payment");
        assertThat(unpaid.path("term").isNull()).isTrue();
        assertThat(unpaid.path("invoice_number").isNull()).isTrue();

        payments.verify(ann.id(), open.id(), new ReturnProof(Map.of("signature", "right")));

        JsonNode receipt = browser.get("/api/payments/" + open.id() + "/receipt").json();
        assertThat(receipt.at("/payment/term").toString())
                .isEqualTo("{\"from\":\"2026-03-10T12:01:00Z\",\"until\":\"2026-04-10T12:00:00Z\"}");
        assertThat(receipt.at("/payment/invoice_number").asText()).isEqualTo("INV/25-26/000001");
        assertThat(receipt.path("credit_notes")).isEmpty();
    }

    @Test
    void tellsTheCreditNoteOfARefundToTheBuyerAndToAdministrators() {
        Payment payment = paid();
        JsonNode ofAdmin = refund(payment).json();

        JsonNode note = browser.get("/api/payments/" + payment.id() + "/receipt").json().path("credit_notes").path(0);
        assertThat(note.toString()).isEqualTo("{\"number\":\"CRN/25-26/000001\",\"invoice_number\":\"INV/25-26/000001\","
                + "\"issued_at\":\"2026-03-10T12:00:00Z\",\"net\":{\"amount_minor\":10000,\"currency\":\"INR\"},\"taxes\":[{\"name\":\"IGST\","
                + "\"basis_points\":1800,\"amount\":{\"amount_minor\":1800,\"currency\":\"INR\"}}],"
                + "\"total\":{\"amount_minor\":11800,\"currency\":\"INR\"}}");
        assertThat(ofAdmin.at("/refunds/0/credit_note")).isEqualTo(note);
        assertThat(ofAdmin.at("/payment/invoice_number").asText()).isEqualTo("INV/25-26/000001");
        assertThat(ofAdmin.at("/payment/term/until").asText()).isEqualTo("2026-04-10T12:00:00Z");
    }

    @Test
    void saysThatARefundOnItsWayHasNoCreditNoteYet() {
        JsonNode refund = refund(begun()).json().at("/refunds/0");

        assertThat(refund.path("state").asText()).isEqualTo("pending");
        assertThat(refund.has("credit_note") && refund.path("credit_note").isNull()).isTrue();
    }

    @Test
    void tellsWhatIsPaidForUntilWhen() {
        assertThat(browser.get("/api/payments/holdings").text()).isEqualTo("{\"holdings\":[]}");
        Payment payment = paid();

        assertThat(browser.get("/api/payments/holdings").text()).isEqualTo("{\"holdings\":[{\"solution_id\":\"aws-solution-finder\","
                + "\"tier\":\"pro\",\"payment_id\":\"" + payment.id() + "\",\"until\":\"2026-04-10T12:00:00Z\","
                + "\"renewable_from\":\"2026-03-10T12:01:00Z\"}]}");
    }

    @Test
    void isNobodyElses() {
        Payment payment = paid();
        Http bob = PEOPLE.browser(PEOPLE.services.accounts.signIn(
                PEOPLE.services.accounts.make("bob" + System.nanoTime() + "@example.com")));

        assertThat(bob.get("/api/payments/" + payment.id() + "/receipt").code()).isEqualTo("payment-unknown");
        assertThat(bob.get("/api/payments/pay_nothing/receipt").code()).isEqualTo("payment-unknown");
        assertThat(bob.get("/api/payments/holdings").json().path("holdings")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/payments/pay_1/receipt", "/api/payments/holdings"})
    void isForWhoeverIsSignedInAndNoPrograms(String path) {
        assertThat(SERVER.http().get(path).code()).isEqualTo("credentials-missing");
        assertThat(operator.get(path).status()).isEqualTo(401);
        assertThat(SERVER.http().bearer(PEOPLE.services.key(Services.FINDER)).get(path).status()).isEqualTo(401);
    }

    @Test
    void isSeenByWhoeverLooksOnForTheCustomer() {
        Payment payment = paid();
        NewSession boss = PEOPLE.services.accounts.signIn(
                PEOPLE.services.accounts.make("boss" + System.nanoTime() + "@example.com", Role.ADMIN));
        Http looking = PEOPLE.browser(PEOPLE.services.sessions.impersonate(boss.session(), ann.id(), "a customer's question",
                new Client("127.0.0.1", "", Optional.empty(), "en")));

        assertThat(looking.get("/api/payments/" + payment.id() + "/receipt").json().at("/payment/payment_id").asText())
                .isEqualTo(payment.id());
        assertThat(looking.get("/api/payments/holdings").json().path("holdings")).hasSize(1);
        assertThat(looking.post("/api/payments/quote", PRO).code()).isEqualTo("not-allowed");
        assertThat(looking.header("Idempotency-Key", "k").post("/api/payments/initiate", PRO).code()).isEqualTo("not-allowed");
    }
}
