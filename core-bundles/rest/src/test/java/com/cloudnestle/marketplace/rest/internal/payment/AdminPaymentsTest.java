package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminPaymentsTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account boss = PEOPLE.services.accounts.make("boss" + System.nanoTime() + "@example.com", Role.ADMIN);
    private final Http administrator = PEOPLE.browser(PEOPLE.services.accounts.signIn(boss));
    private final Http key = SERVER.http().bearer(Services.ADMIN_KEY);
    private final Payment payment = PEOPLE.payments.initiate(new Purchase("cus_1", "faiss", "pro",
            new Buyer("Ann", "IN", "29", "", "1 Lake Road"), null, null, "k" + System.nanoTime()));
    private final String one = "/api/admin/payments/" + payment.id();

    private static Answer post(Http from, String path) {
        return from.send("POST", path, BodyPublishers.noBody());
    }

    @Test
    void showsEverybodysPayments() {
        JsonNode first = key.get("/api/admin/payments").json().path("payments").get(0);

        assertThat(first.path("customer_id").asText()).isEqualTo("cus_1");
        assertThat(first.path("account").asText()).isEqualTo("acc_1");
        assertThat(first.path("provider_order_id").asText()).isEqualTo("order_1");
        assertThat(first.has("checkout")).as("the way to pay is the buyer's").isFalse();
        assertThat(administrator.get("/api/admin/payments?state=open&customer_id=cus_1&limit=7&cursor=c").status()).isEqualTo(200);
        assertThat(PEOPLE.payments.acts).contains("search OPEN cus_1 7 c", "search null null 50 null");
        assertThat(key.get("/api/admin/payments?state=held").json().path("payments")).isEmpty();
        assertThat(key.get("/api/admin/payments?state=stolen").field()).isEqualTo("state");
    }

    @Test
    void findsThePaymentOfADocument() {
        Payment open = PEOPLE.payments.initiate(new Purchase("cus_accounted", "faiss", "pro",
                new Buyer("Bob", "IN", "29", "", "2 Lake Road"), null, null, "d" + System.nanoTime()));
        Payment paid = PEOPLE.payments.verify("cus_accounted", open.id(), new ReturnProof(Map.of("signature", "right")));
        String number = paid.invoiceNumber().orElseThrow();

        assertThat(key.get("/api/admin/payments?document=" + number).json().path("payments")).singleElement()
                .satisfies(found -> assertThat(found.path("payment_id").asText()).isEqualTo(paid.id()));
        Answer nothing = administrator.get("/api/admin/payments?document=INV%2F25-26%2F999999");
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.json().path("payments")).isEmpty();
    }

    @Test
    void showsAllThatHappenedToAPayment() {
        JsonNode detail = administrator.get(one).json();

        assertThat(detail.at("/payment/payment_id").asText()).isEqualTo(payment.id());
        assertThat(detail.path("timeline").toString()).isEqualTo("[{\"at\":\"2026-03-10T12:00:00Z\",\"kind\":\"payment.created\","
                + "\"actor\":\"cus_1\",\"details\":{\"tier\":\"pro\"}}]");
        assertThat(key.get("/api/admin/payments/pay_nothing").code()).isEqualTo("payment-unknown");
    }

    @Test
    void asksTheProviderInTheNameOfWhoeverAskedForIt() {
        assertThat(post(administrator, one + "/reconcile").json().at("/payment/payment_id").asText()).isEqualTo(payment.id());
        assertThat(post(key, one + "/reconcile").status()).isEqualTo(200);

        assertThat(PEOPLE.payments.acts).contains("reconcile " + payment.id() + " " + boss.id(), "reconcile " + payment.id() + " admin");
    }

    @Test
    void givesMoneyBackInWholeAndInPart() {
        Answer part = administrator.header("Idempotency-Key", "part").post(one + "/refund", "{\"amount_minor\":250,\"reason\":\"late\"}");
        Answer all = key.post(one + "/refund", "{\"reason\":\"all\",\"idempotency_key\":\"whole\"}");

        assertThat(part.json().at("/refunds/0/refund_id").asText()).isEqualTo("rfd_part");
        assertThat(part.json().at("/refunds/0/state").asText()).isEqualTo("pending");
        assertThat(all.status()).isEqualTo(200);
        assertThat(PEOPLE.payments.acts).contains("refund INR 2.50 part " + boss.id(), "refund all whole admin");
        assertThat(key.post(one + "/refund", "{\"idempotency_key\":\"x\"}").field()).isEqualTo("reason");
        assertThat(key.post(one + "/refund", "{\"reason\":\"x\"}").field()).isEqualTo("idempotency_key");
    }

    @Test
    void showsTheGatewaysAndWhyOneIsNotOffered() {
        assertThat(key.get("/api/admin/gateways").text()).isEqualTo("{\"gateways\":[{\"gateway\":\"lab\",\"account\":\"acc_1\","
                + "\"name\":\"Lab\",\"test\":true,\"problem\":\"moves no money\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ID", "/ID/reconcile", "/ID/refund", "GATEWAYS"})
    void isForAdministratorsOnly(String what) {
        String path = what.equals("GATEWAYS") ? "/api/admin/gateways" : "/api/admin/payments" + what.replace("ID", payment.id());
        Http customer = PEOPLE.browser(PEOPLE.services.accounts.signIn(
                PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com")));
        Http token = SERVER.http().bearer(PEOPLE.services.token(Services.FINDER, "registered"));
        int acts = PEOPLE.payments.acts.size();

        for (Http from : new Http[] {customer, token, SERVER.http().bearer(PEOPLE.services.key(Services.FINDER))}) {
            assertThat(call(from, path, what).code()).isEqualTo("not-allowed");
        }
        assertThat(call(SERVER.http(), path, what).code()).isEqualTo("credentials-missing");
        assertThat(PEOPLE.payments.acts).hasSize(acts);
    }

    private static Answer call(Http from, String path, String what) {
        return what.endsWith("reconcile") ? post(from, path)
                : what.endsWith("refund") ? from.post(path, "{\"reason\":\"x\",\"idempotency_key\":\"x\"}") : from.get(path);
    }
}
