package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.gateway.phonepe.server.Notification;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.NotForUs;
import com.cloudnestle.marketplace.payment.WebhookResult.Rejected;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API v1. */
class SaltKeyTest {

    private final Rig rig = Rig.v1();

    @AfterEach
    void close() {
        rig.close();
    }

    private static RawWebhook raw(Notification sent) {
        return new RawWebhook(sent.headers().entrySet().stream()
                .map(header -> new RawWebhook.Header(header.getKey(), header.getValue())).toList(), sent.body(), Rig.START);
    }

    @Test
    void aPaymentIsOpenedPaidAndAskedFor() throws GatewayException {
        CheckoutRequest request = rig.request();

        Checkout checkout = rig.gateway.createCheckout(request);
        Expected opened = rig.expected(request);

        JsonNode sent = Answer.parse(rig.server.asked("/pg/v1/pay").get(0).body()).orElseThrow();
        JsonNode document = Answer.parse(new String(Base64.getDecoder().decode(sent.path("request").asText()), StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(document.path("callbackUrl").asText()).endsWith("/api/payments/webhook/phonepe");
        assertThat(document.path("merchantUserId").asText()).isEqualTo("cus_1");
        assertThat(document.toString()).doesNotContain("buyer@example.invalid");
        assertThat(checkout.providerOrderId()).isEqualTo(request.paymentId());
        assertThat(rig.gateway.fetchPayment(opened).state()).isEqualTo(State.PENDING);
        rig.levers.pay(request.paymentId());
        assertThat(rig.gateway.fetchPayment(opened).state()).isEqualTo(State.CAPTURED);
        assertThat(rig.gateway.fetchPayment(opened).method()).isEqualTo("UPI");
    }

    @Test
    void aFailureIsNotTheEndAndTheEndOfTimeIsToldApart() throws GatewayException {
        Expected failed = rig.opened();
        rig.levers.fail(failed.paymentId());
        assertThat(rig.gateway.fetchPayment(failed).state()).isEqualTo(State.FAILED);
        assertThat(rig.gateway.capabilities().failedIsFinal()).isFalse();
        rig.levers.pay(failed.paymentId());
        assertThat(rig.gateway.fetchPayment(failed).state()).isEqualTo(State.CAPTURED);

        Expected expired = rig.opened();
        rig.levers.expire(expired.paymentId());
        assertThat(rig.gateway.fetchPayment(expired).state()).isEqualTo(State.EXPIRED);
        assertThat(rig.gateway.fetchPayment(expired).failure()).isEqualTo("TIMED_OUT");
    }

    @Test
    void whatIsPaidNeedsBothCodeAndState() throws GatewayException {
        Expected paid = rig.paid();
        rig.server.disturb(Fault.UNKNOWN_STATE, 1, asked -> true);

        assertThat(rig.gateway.fetchPayment(paid).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void callbacksAreAuthenticatedByTheSaltKey() throws GatewayException {
        Expected paid = rig.paid();
        RawWebhook genuine = raw(rig.server.notifications(paid.paymentId()).get(0));
        RawWebhook.Header mark = genuine.headers().stream().filter(header -> header.name().equals("x-verify")).findFirst().orElseThrow();

        Accepted accepted = (Accepted) rig.gateway.authenticate(genuine);

        assertThat(accepted.subject()).isEqualTo(Subject.PAYMENT);
        assertThat(accepted.paymentId()).contains(paid.paymentId());
        assertThat(rig.gateway.authenticate(new RawWebhook(List.of(), genuine.body(), Rig.START))).isInstanceOf(NotForUs.class);
        List<RawWebhook.Header> twice = new ArrayList<>(genuine.headers());
        twice.add(mark);
        assertThat(rig.gateway.authenticate(new RawWebhook(twice, genuine.body(), Rig.START))).isInstanceOf(Rejected.class);
        for (String value : List.of(mark.value().replace("###1", "###2"), mark.value().replace("###1", ""), "0".repeat(64) + "###1")) {
            WebhookResult result = rig.gateway.authenticate(new RawWebhook(List.of(new RawWebhook.Header("X-VERIFY", value)),
                    genuine.body(), Rig.START));
            assertThat(result).as(value).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void callbacksOfRefundsNameTheRefund() throws GatewayException {
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);
        RefundSnapshot made = rig.gateway.refund(request);
        rig.levers.settleRefund(request.refundId(), true);
        List<Notification> all = rig.server.notifications(paid.paymentId());

        Accepted accepted = (Accepted) rig.gateway.authenticate(raw(all.get(all.size() - 1)));

        assertThat(made.state()).isEqualTo(RefundSnapshot.State.PENDING);
        assertThat(accepted.subject()).isEqualTo(Subject.REFUND);
        assertThat(accepted.refundId()).contains(request.refundId());
        assertThat(accepted.providerRefundId()).contains(made.providerRefundId());
        assertThat(rig.gateway.fetchRefund(request, Optional.of(made.providerRefundId())).state())
                .isEqualTo(RefundSnapshot.State.PROCESSED);
    }

    @Test
    void aRefundWhoseReplyIsLostIsFoundAndNotMadeAgain() throws GatewayException { // 37
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);
        rig.server.disturb(Fault.REPLY_LOST, 1, asked -> asked.path().equals("/pg/v1/refund"));

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.refund(request)).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(rig.gateway.refund(request).refundId()).isEqualTo(request.refundId());
        assertThat(rig.levers.refunds(paid.paymentId())).containsExactly(5000L);
    }

    @Test
    void aWrongSaltKeyIsToldAsSuch() {
        try (Rig wrong = new Rig(Map.of("generation", "v1", "salt_key", "another"), sound -> sound)) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> wrong.gateway.createCheckout(wrong.request())).kind())
                    .isEqualTo(Kind.AUTHENTICATION);
        }
    }

    @Test
    void keysOfMoreThan35CharactersAreRefusedHere() { // 48
        Expected odd = new Expected("K".repeat(36), Optional.empty(), Optional.empty(), Rig.rupees(100), "cus_1", Rig.START, Rig.START);

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(odd)).kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(rig.server.asked("/")).isEmpty();
    }
}
