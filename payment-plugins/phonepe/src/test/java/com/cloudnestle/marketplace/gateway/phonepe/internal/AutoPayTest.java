package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.Mandates.Charge;
import com.cloudnestle.marketplace.payment.Mandates.Frequency;
import com.cloudnestle.marketplace.payment.Mandates.MandateRequest;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mandates. The tests begin at 11:30 in India, when nothing is collected; 24 hours and 2 later it is 13:30, when it is. */
class AutoPayTest {

    private static final Duration NOTICE = Duration.ofHours(24);

    private final Rig rig = Rig.v2();
    private final Mandates mandates = rig.gateway.mandates().orElseThrow();

    @AfterEach
    void close() {
        rig.close();
    }

    private MandateRequest request(long first, long maximum) {
        return new MandateRequest(Rig.freshId("mnd_"), rig.request(Rig.freshId("pay_"), Rig.rupees(first)), Rig.rupees(maximum),
                Frequency.MONTHLY, rig.clock.instant().plus(Duration.ofDays(365)));
    }

    private MandateRequest active() throws GatewayException {
        MandateRequest request = request(117_882, 500_000);
        mandates.setUp(request);
        rig.levers.pay(request.first().paymentId());
        return request;
    }

    private Charge charge(MandateRequest mandate, Optional<Instant> announcedAt) {
        return new Charge(Rig.freshId("pay_"), mandate.mandateId(), "OMS1", Rig.rupees(117_882), rig.clock.instant().plus(NOTICE), announcedAt);
    }

    /** Announced, and the buyer was told; now it is a day and two hours later. */
    private Charge due(MandateRequest mandate) throws GatewayException {
        Charge charge = charge(mandate, Optional.of(rig.clock.instant()));
        mandates.announce(charge);
        rig.levers.notified(charge.paymentId());
        rig.clock.advance(NOTICE.plusHours(2));
        return charge;
    }

    private static GatewayException refusal(ThrowingCallable call) {
        return catchThrowableOfType(GatewayException.class, call);
    }

    private long redeemed() {
        return rig.server.asked("/checkout/v2/subscriptions/redeem").size();
    }

    @Test
    void aSetUpCarriesTheMandateAndItsFirstPayment() throws GatewayException {
        MandateRequest request = request(117_882, 500_000);

        mandates.setUp(request);

        JsonNode sent = Answer.parse(rig.server.asked("/checkout/v2/pay").get(0).body()).orElseThrow();
        JsonNode details = sent.path("paymentFlow").path("subscriptionDetails");
        assertThat(sent.path("paymentFlow").path("type").asText()).isEqualTo("SUBSCRIPTION_CHECKOUT_SETUP");
        assertThat(sent.path("merchantOrderId").asText()).isEqualTo(request.first().paymentId());
        assertThat(details.path("merchantSubscriptionId").asText()).isEqualTo(request.mandateId());
        assertThat(details.path("amountType").asText()).isEqualTo("VARIABLE");
        assertThat(details.path("maxAmount").asLong()).isEqualTo(500_000);
        assertThat(details.path("frequency").asText()).isEqualTo("MONTHLY");
        assertThat(details.path("expireAt").asLong()).isEqualTo(request.until().toEpochMilli());
        assertThat(mandates.fetch(request, Optional.empty()).state()).isEqualTo(Mandates.State.PENDING);
        assertThat(mandates.providerCharges()).isFalse();
    }

    @Test
    void aMandateIsActiveOnceItsFirstPaymentWasMade() throws GatewayException {
        MandateRequest request = active();

        assertThat(mandates.fetch(request, Optional.empty()).state()).isEqualTo(Mandates.State.ACTIVE);
        Expected first = rig.expected(request.first());
        assertThat(rig.gateway.fetchPayment(first).method()).isEqualTo("UPI AutoPay");
    }

    @Test
    void aMandateIsNotSetUpTwice() throws GatewayException {
        MandateRequest request = request(117_882, 500_000);
        mandates.setUp(request);

        assertThat(refusal(() -> mandates.setUp(request)).kind()).isEqualTo(Kind.DUPLICATE);
    }

    @Test
    void limitsAreCheckedBeforeAnythingIsSent() {
        Instant now = rig.clock.instant();
        MandateRequest tooLong = new MandateRequest("mnd_1", rig.request(), Rig.rupees(500_000), Frequency.YEARLY,
                now.plus(Duration.ofDays(31 * 366)));
        MandateRequest over = new MandateRequest("mnd_1", rig.request(), Rig.rupees(500_000), Frequency.YEARLY, now);
        Charge tooMuch = new Charge("pay_1", "mnd_1", "", Rig.rupees(1_500_001), now, Optional.empty());

        assertThat(refusal(() -> mandates.setUp(request(117_882, 1_500_001))).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refusal(() -> mandates.setUp(request(500_001, 500_000))).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refusal(() -> mandates.setUp(tooLong)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refusal(() -> mandates.setUp(over)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refusal(() -> mandates.announce(tooMuch)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(rig.server.asked("/")).isEmpty();
    }

    @Test
    void anAnnouncedChargeIsCollectedOnceTheNoticeIsOver() throws GatewayException {
        MandateRequest mandate = active();
        Charge charge = due(mandate);

        assertThat(mandates.charge(charge).state()).isEqualTo(PaymentSnapshot.State.PENDING);
        rig.levers.pay(charge.paymentId());
        PaymentSnapshot again = mandates.charge(charge);

        assertThat(again.state()).isEqualTo(PaymentSnapshot.State.CAPTURED);
        assertThat(redeemed()).as("asked for once").isEqualTo(1);
    }

    @Test
    void anAnnouncementSaysWhenAndNeverCollectsByItself() throws GatewayException {
        Charge charge = charge(active(), Optional.empty());

        Instant earliest = mandates.announce(charge);

        JsonNode sent = Answer.parse(rig.server.asked("/checkout/v2/subscriptions/notify").get(0).body()).orElseThrow();
        assertThat(earliest).isEqualTo(rig.clock.instant().plus(NOTICE));
        assertThat(sent.path("paymentFlow").path("type").asText()).isEqualTo("SUBSCRIPTION_CHECKOUT_REDEMPTION");
        assertThat(sent.path("paymentFlow").path("autoDebit").asBoolean(true)).isFalse();
        assertThat(sent.path("expireAt").asLong()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(48)).toEpochMilli());
        assertThat(mandates.announce(charge)).as("announced twice it is announced once").isEqualTo(earliest);
    }

    @Test
    void aMandateTakenBackDuringTheNoticeIsNotCharged() throws GatewayException { // 53
        MandateRequest mandate = active();
        Charge charge = due(mandate);
        rig.levers.mandateState(mandate.mandateId(), "REVOKED");

        GatewayException refused = refusal(() -> mandates.charge(charge));

        assertThat(refused.kind()).isEqualTo(Kind.DECLINED);
        assertThat(refused.providerCode()).isEqualTo("REVOKED");
        assertThat(redeemed()).isZero();
        assertThat(refusal(() -> mandates.announce(charge(mandate, Optional.empty()))).kind()).isEqualTo(Kind.DECLINED);
    }

    @Test
    void aPausedMandateIsNotChargedAndMayBeLater() throws GatewayException {
        MandateRequest mandate = active();
        Charge charge = due(mandate);
        rig.levers.mandateState(mandate.mandateId(), "PAUSED");

        assertThat(refusal(() -> mandates.charge(charge)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(redeemed()).isZero();
    }

    @Test
    void nothingIsCollectedWithin24HoursOfTheNotice() throws GatewayException { // 54
        MandateRequest mandate = active();
        Charge charge = charge(mandate, Optional.of(rig.clock.instant()));
        mandates.announce(charge);
        rig.levers.notified(charge.paymentId());
        int before = rig.server.asked("/").size();
        rig.clock.advance(NOTICE.minusSeconds(1));

        GatewayException early = refusal(() -> mandates.charge(charge));
        GatewayException unannounced = refusal(() -> mandates.charge(charge(mandate, Optional.empty())));

        assertThat(early.kind()).isEqualTo(Kind.LIMIT);
        assertThat(early.retry()).isEqualTo(Retry.SAME_KEY);
        assertThat(early.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(unannounced.kind()).isEqualTo(Kind.LIMIT);
        assertThat(rig.server.asked("/")).as("refused here").hasSize(before);

        rig.clock.advance(Duration.ofHours(2)); // now it could be collected, if somebody knew that it was announced
        Charge unknown = new Charge(charge.paymentId(), charge.mandateId(), "", charge.amount(), charge.dueAt(), Optional.empty());
        assertThat(refusal(() -> mandates.charge(unknown)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(redeemed()).isZero();
        assertThat(mandates.charge(charge).state()).isEqualTo(PaymentSnapshot.State.PENDING);
    }

    @Test
    void nothingIsCollectedOutsideTheHoursOfTheNetwork() throws GatewayException {
        Charge charge = due(active());
        rig.clock.advance(Duration.ofHours(4)); // 17:30 in India

        GatewayException refused = refusal(() -> mandates.charge(charge));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(4 * 60 + 1));
        assertThat(redeemed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"00:00,0", "09:59,0", "10:00,181", "12:59,2", "13:00,1", "13:01,0", "16:59,0", "17:00,271", "21:30,1", "21:31,0", "23:59,0"})
    void hoursOfTheNetworkInIndia(String time, long minutes) {
        Instant moment = Instant.parse("2026-11-21T" + time + ":00Z").minus(Duration.ofMinutes(330));

        assertThat(DebitWindows.untilOpen(moment)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void aChargeThatTheBuyerWasNotToldOfYetWaits() throws GatewayException {
        MandateRequest mandate = active();
        Charge charge = charge(mandate, Optional.of(rig.clock.instant()));
        mandates.announce(charge);
        rig.clock.advance(NOTICE.plusHours(2));

        GatewayException refused = refusal(() -> mandates.charge(charge));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.retry()).isEqualTo(Retry.SAME_KEY);
        assertThat(redeemed()).isZero();
    }

    @Test
    void anotherAmountThanAnnouncedIsNotCollected() throws GatewayException {
        Charge charge = due(active());
        Charge more = new Charge(charge.paymentId(), charge.mandateId(), "", Rig.rupees(200_000), charge.dueAt(), charge.announcedAt());

        assertThat(refusal(() -> mandates.charge(more)).kind()).isEqualTo(Kind.MISMATCH);
        assertThat(redeemed()).isZero();
    }

    @Test
    void aChargeWhoseReplyIsLostIsNotCollectedTwice() throws GatewayException {
        Charge charge = due(active());
        rig.server.disturb(Fault.REPLY_LOST, 1, asked -> asked.path().endsWith("/redeem"));

        assertThat(refusal(() -> mandates.charge(charge)).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(mandates.charge(charge).state()).isEqualTo(PaymentSnapshot.State.PENDING);
        assertThat(redeemed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTIVATION_IN_PROGRESS:PENDING", "PENDING:PENDING", "ACTIVE:ACTIVE", "PAUSE_IN_PROGRESS:PAUSED", "PAUSED:PAUSED",
        "UNPAUSE_IN_PROGRESS:PAUSED", "CANCEL_IN_PROGRESS:CANCELLED", "CANCELLED:CANCELLED", "REVOKE_IN_PROGRESS:CANCELLED",
        "REVOKED:CANCELLED", "EXPIRED:EXPIRED", "FAILED:CANCELLED", "SOMETHING_NEW:UNKNOWN"})
    void statesOfMandates(String pair) throws GatewayException {
        String[] parts = pair.split(":");
        MandateRequest mandate = active();
        rig.levers.mandateState(mandate.mandateId(), parts[0]);

        assertThat(mandates.fetch(mandate, Optional.empty()).state()).isEqualTo(Mandates.State.valueOf(parts[1]));
    }

    @Test
    void aMandateEndsAtOnceAndEndsOnce() throws GatewayException {
        MandateRequest mandate = active();

        assertThat(refusal(() -> mandates.cancel(mandate, Optional.empty(), true)).kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(mandates.fetch(mandate, Optional.empty()).state()).isEqualTo(Mandates.State.ACTIVE);
        assertThat(mandates.cancel(mandate, Optional.empty(), false).state()).isEqualTo(Mandates.State.CANCELLED);
        assertThat(mandates.cancel(mandate, Optional.empty(), false).state()).isEqualTo(Mandates.State.CANCELLED);
        assertThat(rig.server.asked("/checkout/v2/subscriptions/" + mandate.mandateId() + "/cancel")).hasSize(1);
    }

    @Test
    void withoutConsentToAutoPayThereAreNoMandates() {
        try (Rig without = Rig.v2(Map.of("autopay", "false")); Rig old = Rig.v1()) {
            assertThat(without.gateway.mandates()).isEmpty();
            assertThat(old.gateway.mandates()).isEmpty();
        }
    }
}
