package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static com.cloudnestle.marketplace.gateway.razorpay.internal.PaymentTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final String ONE = "pay_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String TWO = "pay_bbbbbbbbbbbbbbbbbbbbbbbbbb";

    private final Workbench bench = new Workbench(Map.of("checkout", "link"));

    @AfterEach
    void close() {
        bench.close();
    }

    private static String id(Expected expected) {
        return expected.providerOrderId().orElseThrow();
    }

    @Test
    void buyersAreSentToAPageOfRazorpay() throws GatewayException {
        Checkout checkout = bench.gateway.createCheckout(bench.request(ONE));

        assertThat(checkout.providerOrderId()).startsWith("plink_");
        assertThat(checkout.action()).isInstanceOfSatisfying(Checkout.Redirect.class,
                redirect -> assertThat(redirect.url()).hasToString(bench.server.url() + "/l/" + checkout.providerOrderId()));
        assertThat(bench.gateway.capabilities().scriptOrigins()).isEmpty();
    }

    @Test
    void aLinkLivesAsLongAsRazorpayWantsAtLeast() throws GatewayException {
        CheckoutRequest usual = bench.request(ONE);
        CheckoutRequest brief = new CheckoutRequest(TWO, usual.amount(), "", usual.customerId(), "", "", usual.returnUrl(),
                bench.clock.instant().plus(Duration.ofMinutes(5)));

        assertThat(bench.gateway.createCheckout(usual).expiresAt()).isEqualTo(usual.expiresAt());
        assertThat(bench.gateway.createCheckout(brief).expiresAt()).isEqualTo(bench.clock.instant().plus(Duration.ofMinutes(16)));
    }

    @Test
    void theReturnIsProvenAndLeadsToThePayment() throws GatewayException {
        Expected expected = bench.open(ONE);
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CREATED);
        ReturnProof proof = new ReturnProof(bench.server.levers().payLink(id(expected)));

        PaymentSnapshot snapshot = bench.gateway.verifyReturn(proof, expected);

        assertThat(snapshot.state()).isEqualTo(State.CAPTURED);
        assertThat(snapshot.providerOrderId()).isEqualTo(id(expected));
        assertThat(snapshot.amount()).isEqualTo(expected.amount());
        assertThat(snapshot.providerPaymentId()).contains(proof.parameters().get("razorpay_payment_id"));
    }

    @Test
    void theProofOfOneLinkPaysNoOther() throws GatewayException {
        Expected paid = bench.open(ONE);
        Map<String, String> proof = bench.server.levers().payLink(id(paid));
        Expected open = bench.open(TWO);

        refused(Kind.MISMATCH, () -> bench.gateway.verifyReturn(new ReturnProof(proof), open));
        Map<String, String> renamed = new HashMap<>(proof);
        renamed.put("razorpay_payment_link_id", id(open));
        renamed.put("razorpay_payment_link_reference_id", TWO);
        refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(new ReturnProof(renamed), open));
    }

    @Test
    void aStatusWithABarIsNotPutUnderASignature() throws GatewayException {
        Expected open = bench.open(ONE);
        String payment = "pay_Lab1";
        ReturnProof forged = new ReturnProof(Map.of("razorpay_payment_id", payment, "razorpay_payment_link_status", "paid|paid",
                "razorpay_signature", Signatures.ofLink(id(open), ONE, "paid|paid", payment, Workbench.KEY_SECRET)));

        refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(forged, open));
    }

    @Test
    void aLinkWhoseAnswerIsLostIsFoundAndNotMadeAgain() throws GatewayException {
        bench.server.disturb(Trouble.REPLY_LOST, 1);
        String first = bench.gateway.createCheckout(bench.request(ONE)).providerOrderId();

        assertThat(bench.gateway.createCheckout(bench.request(ONE)).providerOrderId()).isEqualTo(first);
        assertThat(bench.server.requests().stream().filter("POST /v1/payment_links"::equals)).hasSize(1);
        assertThat(bench.gateway.fetchPayment(bench.expected(bench.request(ONE), Optional.empty())).providerOrderId()).isEqualTo(first);
    }

    @Test
    void aLinkThatIsOverIsExpired() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().expireLink(id(expected));

        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void itsNotificationsNameTheLinkAndOurKey() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().payLink(id(expected));

        List<Notification> told = bench.server.notifications().about(id(expected));
        Accepted paid = (Accepted) bench.gateway.authenticate(bench.webhook(told.get(0)));

        assertThat(paid.event()).isEqualTo("payment_link.paid");
        assertThat(paid.paymentId()).contains(ONE);
        assertThat(paid.providerOrderId()).contains(id(expected));
    }

    @Test
    void refundsWorkAsWithOrders() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().payLink(id(expected));

        bench.gateway.refund(bench.refund("rfd_aaaaaaaaaaaaaaaaaaaaaaaaaa", expected, 5_000));

        assertThat(bench.gateway.fetchPayment(expected).refunded()).isEqualTo(Workbench.inr(5_000));
    }

    @Test
    void whatWasOpenedBeforeTheConfigurationChangedIsStillFound() throws GatewayException {
        Expected link = bench.open(ONE);
        bench.server.levers().payLink(id(link));
        try (Workbench scripts = new Workbench(Map.of("base_url", bench.server.url()))) {
            assertThat(scripts.gateway.fetchPayment(link).state()).isEqualTo(State.CAPTURED);
        }
    }
}
