package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money on its way back. */
class RefundsTest {

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    @BeforeEach
    void pay() {
        world.provider.pay(payment.id());
        process.verify(payment);
    }

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private PaymentDetail refund(long minor, String key) {
        return process.payments.refund(payment.id(), Optional.of(new Money(minor, "INR")), "asked for", key, "admin");
    }

    private static RefundSnapshot.State only(PaymentDetail detail) {
        assertThat(detail.refunds()).hasSize(1);
        return detail.refunds().get(0).state();
    }

    @Test
    void fullRefundEndsTheTierAndTakesTheTaxBack() {
        PaymentDetail detail = process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(detail.payment().state()).isEqualTo(State.REFUNDED);
        assertThat(detail.payment().refunded()).isEqualTo(World.TOTAL);
        assertThat(detail.refunds()).extracting(Refund::id).allMatch(id -> id.matches("rfd_[a-z2-7]{26}"));
        assertThat(world.tier()).isEqualTo("registered");
        for (String account : List.of("income:sales:finder", "liabilities:tax:cgst", "liabilities:tax:sgst")) {
            assertThat(world.balance(account).minor()).as(account).isZero();
        }
        assertThat(world.audit.events()).contains("payment.refund-requested", "payment.refunded");
        world.assertBalanced();
    }

    @Test
    void partialRefundsTakeTheTaxBackInItsOriginalSplitToTheLastPaisa() {
        long left = World.TOTAL.minor();
        for (int i = 0; left > 0; i++) {
            long part = Math.min(left, 7_777);
            refund(part, "r" + i);
            left -= part;
            assertThat(world.balance("liabilities:tax:cgst")).isEqualTo(world.balance("liabilities:tax:sgst"));
            assertThat(world.tier()).isEqualTo(left > 0 ? "pro" : "registered");
        }
        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.balance("liabilities:tax:cgst").minor()).isZero();
        assertThat(world.balance("income:sales:finder").minor()).isZero();
        world.assertBalanced();
    }

    @Test
    void neverGivesBackMoreThanWasPaid() {
        refund(100_000, "a");

        refused(Problem.CONFLICT, () -> refund(17_883, "b"));
        refund(17_882, "c");

        assertThat(world.provider.order(payment.id()).refunded()).isEqualTo(World.TOTAL);
    }

    @Test
    void refundsAtTheSameMomentStayWithinWhatWasPaid() {
        AtomicInteger keys = new AtomicInteger();

        Together.run(8, () -> {
            try {
                refund(50_000, "r" + keys.getAndIncrement());
                return true;
            } catch (MarketplaceException e) {
                return false;
            }
        });

        assertThat(world.provider.order(payment.id()).refunds).hasSize(2);
        assertThat(process.find(payment).refunded()).isEqualTo(new Money(100_000, "INR"));
        world.assertBalanced();
    }

    @Test
    void refundOfARefundedPaymentIsRefused() {
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "a", "admin");

        refused(Problem.CONFLICT, () -> process.payments.refund(payment.id(), Optional.empty(), "asked for", "b", "admin"));
        assertThat(world.provider.order(payment.id()).refunds).hasSize(1);
    }

    @Test
    void sameKeyGivesBackOnce() {
        refund(5_000, "r");
        refund(5_000, "r");

        assertThat(world.provider.order(payment.id()).refunds).hasSize(1);
        refused(Problem.IDEMPOTENCY_KEY_REUSED, () -> refund(6_000, "r"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timeoutOfARefundIsTriedAgainUnderItsKey(boolean acted) {
        world.provider.next(Kind.OUTCOME_UNKNOWN, acted);
        assertThat(only(refund(5_000, "r"))).isEqualTo(RefundSnapshot.State.PENDING);

        process.pass(Duration.ofMinutes(5), Duration.ofSeconds(15));

        assertThat(only(process.payments.inspect(payment.id()))).isEqualTo(RefundSnapshot.State.PROCESSED);
        assertThat(world.provider.order(payment.id()).refunds).hasSize(1);
        world.assertBalanced();
    }

    @Test
    void notificationThatIsFasterThanTheReplyFindsItsRefund() {
        world.provider.next(Kind.OUTCOME_UNKNOWN, true);
        Refund refund = refund(5_000, "r").refunds().get(0);

        process.payments.accept(Optional.empty(), Provider.genuine("event=refund.processed\nrefund=" + refund.id(), World.NOON));

        assertThat(only(process.payments.inspect(payment.id()))).isEqualTo(RefundSnapshot.State.PROCESSED);
        assertThat(world.provider.order(payment.id()).refunds).hasSize(1);
    }

    @Test
    void refundThatTakesDaysIsAskedForUntilItIsDone() {
        world.provider.refundsWait = true;
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        process.pass(Duration.ofDays(3), Duration.ofMinutes(30));
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(process.find(payment).refunded().minor()).isZero();
        assertThat(world.tier()).isEqualTo("pro");
        refused(Problem.CONFLICT, () -> refund(1, "more"));

        world.provider.refundsWait = false;
        process.pass(Duration.ofHours(7), Duration.ofMinutes(30));

        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "FORBIDDEN", "DECLINED", "LIMIT", "UNSUPPORTED"})
    void refundThatTheProviderRefusesLeavesTheMoneyToBeGivenBackOtherwise(Kind kind) {
        world.provider.next(kind, false);

        assertThat(only(refund(117_882, "a"))).isEqualTo(RefundSnapshot.State.FAILED);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audited("payment.refund-failed")).isEqualTo(1);

        refund(117_882, "b");
        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        world.assertBalanced();
    }

    @Test
    void refusesWhatIsNoRefund() {
        refused(Problem.INVALID_FIELD, () -> refund(0, "r"));
        refused(Problem.INVALID_FIELD, () -> refund(-1, "r"));
        refused(Problem.INVALID_FIELD, () -> process.payments.refund(
                payment.id(), Optional.of(new Money(5, "USD")), "asked for", "r", "admin"));
        refused(Problem.INVALID_FIELD, () -> process.payments.refund(payment.id(), Optional.empty(), "", "r", "admin"));
        refused(Problem.INVALID_FIELD, () -> process.payments.refund(payment.id(), Optional.empty(), "x", "", "admin"));
        refused(Problem.PAYMENT_UNKNOWN, () -> process.payments.refund("pay_none", Optional.empty(), "x", "r", "admin"));
        Payment unpaid = world.start().payments.initiate(new Purchase(
                world.ann, World.FINDER, "enterprise", World.BUYER, null, null, "e"));
        refused(Problem.CONFLICT, () -> process.payments.refund(unpaid.id(), Optional.empty(), "x", "r", "admin"));
    }

    @Test
    void amountOfWhichTheTaxesWouldBeMoreIsRefused() {
        refund(6, "six"); // the next one is that in which both halves of the tax are rounded up

        refused(Problem.INVALID_FIELD, () -> refund(1, "one"));
        refund(2, "two");
        assertThat(process.payments.receipt(world.ann, payment.id()).creditNotes())
                .allMatch(note -> !note.net().isNegative()).hasSize(2);
    }

    @Test
    void customerCanBuyAgainAfterARefund() {
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        Payment again = process.initiate("again");
        world.provider.pay(again.id());

        assertThat(process.verify(again).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        world.assertBalanced();
    }

    @Test
    void tierThatAnAdminChangedMeanwhileStays() {
        world.entitlements.changeTier(world.ann, World.FINDER, "enterprise", "admin");

        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(world.tier()).isEqualTo("enterprise");
    }
}
