package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.cloudnestle.marketplace.testing.Together;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundTest {

    private final Rig rig = Rig.v2();

    @AfterEach
    void close() {
        rig.close();
    }

    private GatewayException refused(RefundRequest request) {
        return catchThrowableOfType(GatewayException.class, () -> rig.gateway.refund(request));
    }

    @Test
    void aRefundWhoseReplyIsLostIsFoundAndNotMadeAgain() throws GatewayException { // 37
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);
        rig.server.disturb(Fault.REPLY_LOST, 1, asked -> asked.path().equals("/payments/v2/refund"));

        GatewayException lost = refused(request);
        RefundSnapshot again = rig.gateway.refund(request);

        assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(again.state()).isEqualTo(State.PENDING);
        assertThat(rig.levers.refunds(paid.paymentId())).containsExactly(5000L);
        assertThat(rig.server.asked("/payments/v2/refund").stream().filter(asked -> asked.method().equals("POST")))
                .as("sent once").hasSize(1);
    }

    @Test
    void aRefundThatTimedOutBeforeItWasMadeIsMadeUnderTheSameKey() throws GatewayException { // 37
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);
        rig.server.disturb(Fault.REQUEST_LOST, 1, asked -> asked.path().equals("/payments/v2/refund"));

        assertThat(refused(request).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(rig.gateway.refund(request).refundId()).isEqualTo(request.refundId());
        assertThat(rig.levers.refunds(paid.paymentId())).containsExactly(5000L);
    }

    @Test
    void aRefundThatManyAskForAtOnceIsMadeOnce() throws GatewayException {
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);

        List<String> keys = Together.run(8, () -> rig.gateway.refund(request).providerRefundId());

        assertThat(keys).hasSize(8).containsOnly(keys.get(0));
        assertThat(rig.levers.refunds(paid.paymentId())).containsExactly(5000L);
    }

    @Test
    void moreThanIsLeftIsRefused() throws GatewayException {
        Expected paid = rig.paid();
        rig.gateway.refund(rig.refundOf(paid, 117_000));

        GatewayException refused = refused(rig.refundOf(paid, 1000));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.providerCode()).isEqualTo("REFUND_AMOUNT_EXCEEDS_ORIGINAL");
    }

    @Test
    void lessThanARupeeIsRefusedHere() throws GatewayException {
        Expected paid = rig.paid();

        assertThat(refused(rig.refundOf(paid, 99)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(rig.server.asked("/payments/")).isEmpty();
    }

    @Test
    void theSameKeyWithAnotherAmountIsAMismatch() throws GatewayException {
        Expected paid = rig.paid();
        RefundRequest request = rig.refundOf(paid, 5000);
        rig.gateway.refund(request);

        assertThat(refused(new RefundRequest(request.refundId(), paid, Rig.rupees(6000), "")).kind()).isEqualTo(Kind.MISMATCH);
        assertThat(rig.levers.refunds(paid.paymentId())).containsExactly(5000L);
    }

    @ParameterizedTest
    @CsvSource({"CREATED,PENDING", "PENDING,PENDING", "CONFIRMED,PENDING", "COMPLETED,PROCESSED", "FAILED,FAILED", "WHO_KNOWS,PENDING"})
    void statesOfRefunds(String said, State meant) throws GatewayException {
        RefundRequest request = rig.refundOf(rig.paid(), 5000);
        rig.gateway.refund(request);
        rig.levers.refundState(request.refundId(), said);

        assertThat(rig.gateway.fetchRefund(request, Optional.empty()).state()).isEqualTo(meant);
    }

    @Test
    void theRefundOfAnotherPaymentIsAMismatch() throws GatewayException {
        RefundRequest request = rig.refundOf(rig.paid(), 5000);
        RefundSnapshot made = rig.gateway.refund(request);
        RefundRequest other = new RefundRequest(request.refundId(), rig.paid(), Rig.rupees(5000), "");

        assertThat(rig.gateway.fetchRefund(request, Optional.of(made.providerRefundId())).providerRefundId())
                .isEqualTo(made.providerRefundId());
        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchRefund(other, Optional.empty())).kind())
                .isEqualTo(Kind.MISMATCH);
        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchRefund(request, Optional.of("OMR0"))).kind())
                .isEqualTo(Kind.MISMATCH);
    }
}
