package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static com.cloudnestle.marketplace.gateway.razorpay.internal.PaymentTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.Mandates.Frequency;
import com.cloudnestle.marketplace.payment.Mandates.MandateRequest;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final String MANDATE = "mnd_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String FIRST = "pay_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final Workbench bench = new Workbench();
    private final Mandates mandates = bench.gateway.mandates().orElseThrow();

    @AfterEach
    void close() {
        bench.close();
    }

    private MandateRequest request(String mandate, String first, Frequency every) {
        CheckoutRequest payment = bench.request(first);
        return new MandateRequest(mandate, payment, Workbench.inr(1_500_000), every, bench.clock.instant().plus(Duration.ofDays(730)));
    }

    private MandateRequest monthly() {
        return request(MANDATE, FIRST, Frequency.MONTHLY);
    }

    private Expected expected(String subscription) {
        return bench.expected(bench.request(FIRST), Optional.of(subscription));
    }

    @Test
    void consentIsAskedForOnTheSamePageAsAPayment() throws GatewayException {
        Checkout checkout = mandates.setUp(monthly());

        assertThat(checkout.providerOrderId()).startsWith("sub_");
        assertThat(((Checkout.Script) checkout.action()).parameters()).containsEntry("subscription_id", checkout.providerOrderId())
                .doesNotContainKey("order_id");
        assertThat(mandates.fetch(monthly(), Optional.empty()).state()).isEqualTo(Mandates.State.CREATED);
        assertThat(mandates.providerCharges()).isTrue();
    }

    @Test
    void theSameConsentIsAskedForOnceHoweverOftenItIsOpened() throws GatewayException {
        String first = mandates.setUp(monthly()).providerOrderId();

        assertThat(mandates.setUp(monthly()).providerOrderId()).isEqualTo(first);
        assertThat(bench.server.requests().stream().filter("POST /v1/subscriptions"::equals)).hasSize(1);
    }

    @Test
    void plansAreSharedByPriceAndFrequency() throws GatewayException {
        mandates.setUp(monthly());
        mandates.setUp(request("mnd_b", "pay_b", Frequency.MONTHLY));
        mandates.setUp(request("mnd_c", "pay_c", Frequency.YEARLY));

        assertThat(bench.server.requests().stream().filter("POST /v1/plans"::equals)).hasSize(2);
    }

    @Test
    void aSubscriptionWhoseAnswerIsLostIsFound() throws GatewayException {
        bench.server.disturb(Trouble.REPLY_LOST, 1, "POST /v1/subscriptions");
        String first = mandates.setUp(monthly()).providerOrderId();

        assertThat(mandates.setUp(monthly()).providerOrderId()).isEqualTo(first);
        assertThat(bench.server.requests().stream().filter("POST /v1/subscriptions"::equals)).hasSize(1);
    }

    @Test
    void aPlanWhoseAnswerIsLostIsFound() throws GatewayException {
        bench.server.disturb(Trouble.ERROR_AFTER, 1, "POST /v1/plans");
        mandates.setUp(monthly());

        assertThat(bench.server.requests().stream().filter("POST /v1/plans"::equals)).hasSize(1);
    }

    @Test
    void theFirstChargeIsAPaymentLikeAnyOther() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();
        assertThat(bench.gateway.fetchPayment(expected(subscription)).state()).isEqualTo(State.CREATED);
        Map<String, String> proof = bench.server.levers().consent(subscription);
        bench.clock.advance(Duration.ofDays(30));
        bench.server.levers().charge(subscription);

        PaymentSnapshot snapshot = bench.gateway.verifyReturn(new ReturnProof(proof), expected(subscription));

        assertThat(snapshot.state()).isEqualTo(State.CAPTURED);
        assertThat(snapshot.providerPaymentId()).contains(proof.get("razorpay_payment_id"));
        assertThat(snapshot.amount()).isEqualTo(Workbench.inr(117_882));
        assertThat(mandates.fetch(monthly(), Optional.of(subscription)).state()).isEqualTo(Mandates.State.ACTIVE);
    }

    /** Reviewer's case 22. */
    @Test
    void aSignatureWithTheKeysInTheOrderOfOrdersIsRefused() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();
        String payment = bench.server.levers().consent(subscription).get("razorpay_payment_id");
        ReturnProof swapped = new ReturnProof(Map.of("razorpay_payment_id", payment, "razorpay_subscription_id", subscription,
                "razorpay_signature", Signatures.ofOrder(subscription, payment, Workbench.KEY_SECRET)));

        refused(Kind.SIGNATURE_INVALID, () -> bench.gateway.verifyReturn(swapped, expected(subscription)));
    }

    @Test
    void theSubscriptionOfAnotherIsAMismatch() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();

        refused(Kind.MISMATCH, () -> mandates.fetch(request("mnd_other", "pay_other", Frequency.MONTHLY), Optional.of(subscription)));
        refused(Kind.MISMATCH, () -> bench.gateway.fetchPayment(bench.expected(bench.request("pay_other"), Optional.of(subscription))));
    }

    @Test
    void statesAreThoseOfDunning() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();
        bench.server.levers().consent(subscription);

        for (var step : List.of(Map.entry("pending", Mandates.State.PAST_DUE), Map.entry("halted", Mandates.State.HALTED),
                Map.entry("active", Mandates.State.ACTIVE), Map.entry("paused", Mandates.State.PAUSED))) {
            String before = switch (step.getKey()) {
                case "pending", "paused" -> "active";
                case "halted" -> "pending";
                default -> "halted";
            };
            bench.server.levers().subscriptionBecomes(subscription, step.getKey(), before);
            assertThat(mandates.fetch(monthly(), Optional.of(subscription)).state()).isEqualTo(step.getValue());
        }
        bench.server.disturb(Trouble.UNKNOWN_STATE, 100);
        assertThat(state(subscription)).as("a state without a name").isEqualTo(Mandates.State.UNKNOWN);
        bench.server.calm();
        var told = bench.server.notifications().about(subscription);
        Accepted last = (Accepted) bench.gateway.authenticate(bench.webhook(told.get(told.size() - 1)));
        assertThat(last.subject()).isEqualTo(Subject.MANDATE);
        assertThat(last.providerOrderId()).contains(subscription);
    }

    /** Reviewer's case 55: each state is told and asked for, and what is charged after all is money of its own. */
    @Test
    void aChargeAfterDunningIsMoneyOfItsOwnAndEveryStateIsTold() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();
        String first = bench.server.levers().consent(subscription).get("razorpay_payment_id");
        bench.clock.advance(Duration.ofDays(30));

        bench.server.levers().chargeFails(subscription);
        assertThat(state(subscription)).isEqualTo(Mandates.State.PAST_DUE);
        bench.clock.advance(Duration.ofDays(3));
        bench.server.levers().subscriptionBecomes(subscription, "halted", "pending");
        assertThat(state(subscription)).isEqualTo(Mandates.State.HALTED);
        assertThat(invoices(subscription)).as("nothing was charged meanwhile").hasSize(1);
        bench.clock.advance(Duration.ofDays(1));
        String owed = bench.server.levers().charge(subscription);
        assertThat(state(subscription)).isEqualTo(Mandates.State.ACTIVE);

        assertThat(invoices(subscription)).extracting(invoice -> invoice.require("payment_id")).containsExactlyInAnyOrder(first, owed);
        assertThat(new Attempts(bench.api).fetch(owed).money("amount")).isEqualTo(Workbench.inr(117_882));
        PaymentSnapshot begun = bench.gateway.fetchPayment(expected(subscription));
        assertThat(begun.providerPaymentId()).as("the payment that it began with stays the one it was").contains(first);
        assertThat(begun.amount()).isEqualTo(Workbench.inr(117_882));
        told(subscription);
    }

    private Mandates.State state(String subscription) throws GatewayException {
        return mandates.fetch(monthly(), Optional.of(subscription)).state();
    }

    private List<Entity> invoices(String subscription) throws GatewayException {
        return bench.api.get("/invoices", Map.of("subscription_id", subscription)).items("items");
    }

    /** That each of its notifications is about the mandate and none is taken for a copy of another. */
    private void told(String subscription) {
        List<Accepted> told = bench.server.notifications().about(subscription).stream()
                .map(each -> (Accepted) bench.gateway.authenticate(bench.webhook(each))).toList();
        assertThat(told).extracting(Accepted::event).containsExactly("subscription.authenticated", "subscription.charged",
                "subscription.pending", "subscription.halted", "subscription.charged");
        assertThat(told).allSatisfy(each -> {
            assertThat(each.subject()).isEqualTo(Subject.MANDATE);
            assertThat(each.providerOrderId()).contains(subscription);
        });
        assertThat(told.stream().flatMap(each -> each.duplicateKeys().stream())).doesNotHaveDuplicates();
    }

    @Test
    void itEndsAtOnceOrWithWhatIsPaidFor() throws GatewayException {
        String subscription = mandates.setUp(monthly()).providerOrderId();
        bench.server.levers().consent(subscription);

        assertThat(mandates.cancel(monthly(), Optional.of(subscription), true).state()).isEqualTo(Mandates.State.ACTIVE);
        assertThat(mandates.cancel(monthly(), Optional.of(subscription), false).state()).isEqualTo(Mandates.State.CANCELLED);
        assertThat(mandates.cancel(monthly(), Optional.of(subscription), false).state()).isEqualTo(Mandates.State.CANCELLED);
    }

    @Test
    void chargesAreRazorpaysOwn() throws GatewayException {
        var charge = new Mandates.Charge("pay_b", MANDATE, "sub_Lab1", Workbench.inr(100), Workbench.NOON, Optional.empty());

        assertThat(mandates.announce(charge)).isEqualTo(Workbench.NOON);
        refused(Kind.UNSUPPORTED, () -> mandates.charge(charge));
    }

    @Test
    void moreThanTheConsentCoversIsRefusedHere() {
        MandateRequest tooSmall = new MandateRequest(MANDATE, bench.request(FIRST), Workbench.inr(100_000), Frequency.MONTHLY,
                bench.clock.instant().plus(Duration.ofDays(365)));
        MandateRequest over = new MandateRequest(MANDATE, bench.request(FIRST), Workbench.inr(1_500_000), Frequency.MONTHLY, bench.clock.instant());

        refused(Kind.INVALID_REQUEST, () -> mandates.setUp(tooSmall));
        refused(Kind.INVALID_REQUEST, () -> mandates.setUp(over));
        assertThat(bench.server.requests()).noneMatch(request -> request.startsWith("POST"));
    }
}
