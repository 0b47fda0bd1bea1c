package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PaymentTest {

    private static final String ONE = "pay_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String TWO = "pay_bbbbbbbbbbbbbbbbbbbbbbbbbb";
    private static final String REFUND = "rfd_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final Workbench bench = new Workbench();

    @AfterEach
    void close() {
        bench.close();
    }

    static void refused(Kind kind, Executable call) {
        assertThatExceptionOfType(GatewayException.class).isThrownBy(call::execute)
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }

    private ReturnProof proof(String order, String payment) {
        return new ReturnProof(bench.server.levers().proof(order, payment));
    }

    @Test
    void theBrowserGetsTheScriptWithPublicThingsOnly() throws GatewayException {
        Checkout checkout = bench.gateway.createCheckout(bench.request(ONE));

        assertThat(checkout.providerOrderId()).startsWith("order_");
        assertThat(checkout.expiresAt()).isEqualTo(Workbench.NOON.plus(Duration.ofMinutes(30)));
        assertThat(checkout.action()).isInstanceOfSatisfying(Checkout.Script.class, script -> {
            assertThat(script.source()).isEqualTo(URI.create(bench.server.url() + "/v1/checkout.js"));
            assertThat(script.starter()).isEqualTo("razorpay.js");
            assertThat(script.parameters()).containsEntry("key", Workbench.KEY_ID).containsEntry("order_id", checkout.providerOrderId())
                    .containsEntry("amount", "117882").containsEntry("currency", "INR").containsEntry("name", "CloudNestle");
            assertThat(getClass().getResource("/checkout/" + script.starter())).isNotNull();
        });
    }

    @Test
    void aPaidPaymentHasFeeMethodAndKey() throws GatewayException {
        Expected expected = bench.open(ONE);
        String payment = bench.server.levers().pay(ONE);

        PaymentSnapshot snapshot = bench.gateway.verifyReturn(proof(expected.providerOrderId().orElseThrow(), payment), expected);

        assertThat(snapshot).isEqualTo(new PaymentSnapshot(ONE, expected.providerOrderId().orElseThrow(), Optional.of(payment), State.CAPTURED,
                Workbench.inr(117_882), Optional.empty(), Workbench.inr(0), Optional.of(Workbench.inr(2_782)), "UPI", ""));
    }

    /** Reviewer's case 20. */
    @Test
    void theProofOfAnOlderCheaperOrderPaysNoOther() throws GatewayException {
        Expected older = bench.open(ONE);
        String payment = bench.server.levers().pay(ONE);
        Expected newer = bench.open(TWO);
        ReturnProof old = proof(older.providerOrderId().orElseThrow(), payment);

        refused(Kind.MISMATCH, () -> bench.gateway.verifyReturn(old, newer));

        Map<String, String> renamed = new HashMap<>(old.parameters());
        renamed.put("razorpay_order_id", newer.providerOrderId().orElseThrow());
        refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(new ReturnProof(renamed), newer));
        renamed.remove("razorpay_order_id");
        refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(new ReturnProof(renamed), newer));
    }

    @Test
    void aGenuineSignatureOverThePaymentOfAnotherOrderIsAMismatch() throws GatewayException {
        bench.open(ONE);
        String payment = bench.server.levers().pay(ONE);
        Expected newer = bench.open(TWO);

        refused(Kind.MISMATCH, () -> bench.gateway.verifyReturn(proof(newer.providerOrderId().orElseThrow(), payment), newer));
    }

    @Test
    void aClosedPageProvesNothingAndIsNoError() throws GatewayException {
        Expected expected = bench.open(ONE);

        assertThat(bench.gateway.verifyReturn(ReturnProof.none(), expected).state()).isEqualTo(State.CREATED);
    }

    @Test
    void whatTheBankPromisedIsCollectedOnce() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().authorize(ONE);

        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.server.requests().stream().filter(request -> request.endsWith("/capture"))).hasSize(1);
    }

    @Test
    void aPromiseOfAnotherAmountIsNotCollected() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().authorize(ONE);
        Expected dearer = new Expected(ONE, expected.providerOrderId(), Optional.empty(), Workbench.inr(200_000), "cus_lab",
                expected.createdAt(), expected.expiresAt());

        assertThat(bench.gateway.fetchPayment(dearer).state()).isEqualTo(State.AUTHORIZED);
        assertThat(bench.server.requests()).noneMatch(request -> request.endsWith("/capture"));
    }

    @Test
    void aPromiseThatSomebodyElseCollectsMeanwhileIsSeenAsCollected() throws GatewayException {
        bench.open(ONE);
        String id = bench.server.levers().authorize(ONE);
        Attempts attempts = new Attempts(bench.api);
        Entity seen = attempts.fetch(id);
        bench.server.levers().collect(id);

        Entity after = attempts.collected(seen, bench.expected(bench.request(ONE), Optional.empty()));

        assertThat(Attempts.state(after)).isEqualTo(State.CAPTURED);
    }

    @Test
    void aCollectionWhoseAnswerIsLostIsAskedAboutAndNotRepeated() throws GatewayException {
        bench.open(ONE);
        String id = bench.server.levers().authorize(ONE);
        Attempts attempts = new Attempts(bench.api);
        Entity seen = attempts.fetch(id);
        Expected expected = bench.expected(bench.request(ONE), Optional.empty());
        bench.server.disturb(Trouble.REPLY_LOST, 1);

        refused(Kind.OUTCOME_UNKNOWN, () -> attempts.collected(seen, expected));

        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.server.requests().stream().filter(request -> request.endsWith("/capture"))).hasSize(1);
    }

    @Test
    void aFailureSaysWhyAndMayStillBecomeASuccess() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().fail(ONE);

        PaymentSnapshot failed = bench.gateway.fetchPayment(expected);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.failure()).isEqualTo("BAD_REQUEST_ERROR bank payment_authorization payment_failed");

        bench.clock.advance(Duration.ofDays(2));
        bench.server.levers().authorizeLate(ONE);
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.gateway.capabilities().failedIsFinal()).isFalse();
        assertThat(bench.gateway.capabilities().watchDays()).isGreaterThan(3);
    }

    @Test
    void anAttemptThatFailedDoesNotHideTheOneThatSucceeded() throws GatewayException {
        Expected expected = bench.open(ONE);
        String paid = bench.server.levers().authorize(ONE);
        bench.clock.advance(Duration.ofMinutes(1));
        bench.server.levers().fail(ONE);

        PaymentSnapshot snapshot = bench.gateway.fetchPayment(expected);

        assertThat(snapshot.state()).isEqualTo(State.CAPTURED);
        assertThat(snapshot.providerPaymentId()).contains(paid);
    }

    /** Reviewer's case 36. */
    @Test
    void anOrderWhoseAnswerIsLostIsFoundAndNotMadeAgain() throws GatewayException {
        bench.server.disturb(Trouble.REPLY_LOST, 1);

        Checkout checkout = bench.gateway.createCheckout(bench.request(ONE));

        assertThat(bench.server.levers().orders(ONE)).containsExactly(checkout.providerOrderId());
        assertThat(bench.server.requests().stream().filter("POST /v1/orders"::equals)).hasSize(1);
    }

    @Test
    void anOrderThatNobodyCanTellOfIsUnknownAndFoundTheNextTime() throws GatewayException {
        bench.server.disturb(Trouble.ERROR_AFTER, 100);
        refused(Kind.OUTCOME_UNKNOWN, () -> bench.gateway.createCheckout(bench.request(ONE)));
        bench.server.calm();

        Checkout checkout = bench.gateway.createCheckout(bench.request(ONE));

        assertThat(bench.server.levers().orders(ONE)).containsExactly(checkout.providerOrderId());
    }

    @Test
    void ofTwoOrdersWithOurReceiptThePaidOneCounts() throws GatewayException {
        String first = bench.open(ONE).providerOrderId().orElseThrow();
        bench.clock.advance(Duration.ofSeconds(1));
        bench.server.levers().orderAgain(ONE);
        assertThat(bench.gateway.createCheckout(bench.request(ONE)).providerOrderId()).isEqualTo(first);

        bench.server.levers().pay(ONE);
        PaymentSnapshot found = bench.gateway.fetchPayment(bench.expected(bench.request(ONE), Optional.empty()));

        assertThat(found.state()).isEqualTo(State.CAPTURED);
        assertThat(found.providerOrderId()).isEqualTo(first);
    }

    /** Reviewer's case 37. */
    @Test
    void aRefundWhoseAnswerIsLostIsMadeOnce() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().pay(ONE);
        var request = bench.refund(REFUND, new Expected(ONE, expected.providerOrderId(),
                bench.gateway.fetchPayment(expected).providerPaymentId(), expected.amount(), "cus_lab", expected.createdAt(), expected.expiresAt()), 5_000);
        bench.server.disturb(Trouble.REPLY_LOST, 1);

        refused(Kind.OUTCOME_UNKNOWN, () -> bench.gateway.refund(request));
        RefundSnapshot again = bench.gateway.refund(request);

        assertThat(bench.server.levers().refunds(ONE)).containsExactly(5_000L);
        assertThat(bench.gateway.fetchRefund(request, Optional.empty())).isEqualTo(again);
        assertThat(again.state()).isEqualTo(RefundSnapshot.State.PENDING);
        bench.server.levers().refundProcessed(REFUND);
        assertThat(bench.gateway.fetchRefund(request, Optional.of(again.providerRefundId())).state()).isEqualTo(RefundSnapshot.State.PROCESSED);
    }

    @Test
    void moreThanWasPaidIsOverTheLimit() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().pay(ONE);
        bench.gateway.refund(bench.refund(REFUND, expected, 117_000));

        refused(Kind.LIMIT, () -> bench.gateway.refund(bench.refund("rfd_bbbbbbbbbbbbbbbbbbbbbbbbbb", expected, 5_000)));
        assertThat(bench.gateway.fetchPayment(expected).refunded()).isEqualTo(Workbench.inr(117_000));
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
    }

    /** Reviewer's cases 23 and 48: nothing of this ever gets into an address or under a signature. */
    @Test
    void keysThatAreNoneAreRefusedHere() throws GatewayException {
        Expected expected = bench.open(ONE);
        int before = bench.server.requests().size();
        for (String odd : List.of("pay_a|b", "pay_", "pay_../orders", "pay_a?b", "pay_" + "a".repeat(41), "order_a", "pay_a\n", "pay_ä")) {
            ReturnProof proof = new ReturnProof(Map.of("razorpay_payment_id", odd, "razorpay_signature",
                    Signatures.ofOrder(expected.providerOrderId().orElseThrow(), odd, Workbench.KEY_SECRET)));
            refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(proof, expected));
            Expected wrong = new Expected(ONE, Optional.of(odd.replace("pay_", "order_").replace("order_a", "order_|")), Optional.empty(),
                    expected.amount(), "cus_lab", expected.createdAt(), expected.expiresAt());
            if (!odd.equals("order_a")) {
                refused(Kind.INVALID_REQUEST, () -> bench.gateway.fetchPayment(wrong));
            }
        }
        assertThat(bench.server.requests()).hasSize(before);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> bench.request("pay_a|b"));
    }

    @Test
    void theLongestKeyOfThePlatformFits() throws GatewayException {
        String longest = "pay_" + "z".repeat(30);

        bench.open(longest);

        assertThat(bench.gateway.fetchPayment(bench.expected(bench.request(longest), Optional.empty())).paymentId()).isEqualTo(longest);
    }

    @Test
    void fractionsThatRazorpayDoesNotTakeAreRefusedHere() {
        try (Workbench dinars = new Workbench(Map.of("currencies", "KWD,INR"))) {
            var request = dinars.request(ONE);
            var odd = new CheckoutRequest(ONE, new Money(10_001, "KWD"), request.description(),
                    request.customerId(), request.email(), request.buyerName(), request.returnUrl(), request.expiresAt());

            refused(Kind.INVALID_REQUEST, () -> dinars.gateway.createCheckout(odd));
            assertThat(dinars.server.requests()).isEmpty();
        }
    }
}
