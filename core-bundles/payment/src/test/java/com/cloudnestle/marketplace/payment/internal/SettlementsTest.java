package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers say, and what becomes of payments by it. */
class SettlementsTest {

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private void late() {
        world.provider.set(payment.id(), PaymentSnapshot.State.FAILED);
        process.verify(payment);
        assertThat(process.find(payment).state()).isEqualTo(State.FAILED);
        world.clock.advance(Duration.ofDays(2));
        world.provider.pay(payment.id());
    }

    @Test
    void customerHasTheTierWhenTheCallThatSawThePaymentReturns() {
        world.provider.pay(payment.id());

        Payment paid = process.verify(payment);

        assertThat(paid.state()).isEqualTo(State.PAID);
        assertThat(paid.paidAt()).contains(World.NOON);
        assertThat(paid.method()).isEqualTo("UPI");
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audit.events()).containsSubsequence("tier.changed", "payment.captured");
        assertThat(world.balance("income:sales:finder")).isEqualTo(new Money(-99_900, "INR"));
        assertThat(world.balance("liabilities:tax:cgst")).isEqualTo(new Money(-8_991, "INR"));
        assertThat(world.balance("liabilities:tax:sgst")).isEqualTo(new Money(-8_991, "INR"));
        world.assertBalanced();
    }

    @ParameterizedTest
    @CsvSource({"117881, INR, amount", "117883, INR, amount", "1, INR, amount", "117882, USD, currency"})
    void moneyThatDoesNotFitIsHeldAndGrantsNothing(long minor, String currency, String why) {
        world.provider.order(payment.id()).amount = new Money(minor, currency);
        world.provider.pay(payment.id());

        Payment held = process.verify(payment);

        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.failure()).isEqualTo(why);
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(world.audited("payment.held")).isEqualTo(1);
        assertThat(world.balance("liabilities:unallocated:lab:acc_1")).isEqualTo(new Money(-minor, currency));
    }

    @Test
    void heldMoneyCanBeGivenBackAsMuchAsCame() {
        world.provider.order(payment.id()).amount = new Money(200_000, "INR");
        world.provider.pay(payment.id());
        process.verify(payment);

        process.payments.refund(payment.id(), Optional.empty(), "too much", "r", "admin");

        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.provider.order(payment.id()).refunded()).isEqualTo(new Money(200_000, "INR"));
        assertThat(world.balance("liabilities:unallocated:lab:acc_1").minor()).isZero();
        world.assertBalanced();
    }

    @Test
    void moneyOnAnotherAccountIsNotOurs() {
        world.provider.order(payment.id()).account = Optional.of("acc_2");
        world.provider.pay(payment.id());

        assertThat(process.verify(payment).state()).isEqualTo(State.HELD);
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(world.balance("assets:gateway:lab:acc_1").minor()).isZero();
        refused(Problem.CONFLICT, () -> process.payments.refund(payment.id(), Optional.empty(), "r", "r", "admin"));
    }

    @Test
    void adminCanLetAHeldPaymentThroughOnceItFits() {
        world.provider.order(payment.id()).account = Optional.of("acc_2");
        world.provider.pay(payment.id());
        process.verify(payment);
        world.provider.order(payment.id()).account = Optional.of("acc_1");

        assertThat(process.verify(payment).state()).as("not by the buyer").isEqualTo(State.HELD);
        process.payments.reconcile(payment.id(), "admin");

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audited("payment.reconciled")).isEqualTo(1);
        world.assertBalanced();
    }

    @Test
    void proofOfAnOlderCheaperPaymentProvesNothing() {
        ReturnProof older = new ReturnProof(Map.of("signature", "right", "payment", "pay_older"));

        refused(Problem.PAYMENT_PROOF_INVALID, () -> process.payments.verify(world.ann, payment.id(), older));
        assertThat(process.find(payment).state()).as("nobody can spoil a payment by a wrong proof").isEqualTo(State.OPEN);
    }

    @Test
    void forgedProofProvesNothing() {
        world.provider.pay(payment.id());
        refused(Problem.PAYMENT_PROOF_INVALID,
                () -> process.payments.verify(world.ann, payment.id(), new ReturnProof(Map.of("signature", "wrong"))));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void nobodyElseCanUseSomebodysPayment() {
        String bob = world.customers.findOrCreate("bob@example.com").id();
        world.provider.pay(payment.id());

        refused(Problem.PAYMENT_UNKNOWN, () -> process.payments.verify(bob, payment.id(), new ReturnProof(World.RIGHT)));
        refused(Problem.PAYMENT_UNKNOWN, () -> process.payments.find(bob, payment.id()));

        assertThat(world.entitlements.find(bob, World.FINDER)).isEmpty();
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "EXPIRED", "PENDING", "AUTHORIZED", "CREATED", "UNKNOWN"})
    void whatComesAfterTheMoneyChangesNothing(PaymentSnapshot.State later) {
        world.provider.pay(payment.id());
        process.verify(payment);
        world.provider.set(payment.id(), later);

        process.payments.reconcile(payment.id(), "admin");

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "AUTHORIZED", "CREATED", "UNKNOWN"})
    void paymentThatIsUnderWayStaysOpen(PaymentSnapshot.State state) {
        world.provider.set(payment.id(), state);

        assertThat(process.verify(payment).state()).isEqualTo(State.OPEN);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void failedAttemptIsNotTheEndWhereTheBuyerCanTryAgain() {
        world.provider.failedIsFinal = false;
        world.refundLate = true;
        Process strict = world.start();
        world.provider.set(payment.id(), PaymentSnapshot.State.FAILED);

        assertThat(strict.verify(payment).state()).isEqualTo(State.OPEN);
        assertThat(strict.find(payment).failure()).isEqualTo("attempt_declined");
        world.provider.pay(payment.id());
        world.clock.advance(RecentAsks.MOMENT); // the same proof at once would be no reason to ask again

        Payment paid = strict.verify(payment);
        assertThat(paid.state()).isEqualTo(State.PAID);
        assertThat(paid.failure()).isEmpty();
    }

    @Test
    void moneyThatComesTwoDaysLateStillBuysWhatItWasFor() {
        late();

        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audit.entries()).anySatisfy(entry -> {
            assertThat(entry.event()).isEqualTo("payment.captured");
            assertThat(entry.details()).containsEntry("late", "true");
        });
        world.assertBalanced();
    }

    @Test
    void moneyThatComesTwoDaysLateGoesBackIfTheOperatorWantsIt() {
        world.refundLate = true;
        Process strict = world.start();
        late();

        strict.verify(payment);

        assertThat(strict.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(strict.find(payment).failure()).isEqualTo("late");
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(world.audit.events()).contains("payment.held", "payment.refunded");
        world.assertBalanced();
    }

    @Test
    void moneyOfSomebodyWhoIsGoneGoesBack() {
        world.provider.pay(payment.id());
        World later = new World(world.clock, world.data); // the same data; there, nobody of this name is known
        later.provider.orders.putAll(world.provider.orders);

        Process next = later.start();
        next.payments.reconcile(payment.id(), "admin");

        assertThat(next.payments.inspect(payment.id()).payment().state()).isEqualTo(State.REFUNDED);
        assertThat(next.payments.inspect(payment.id()).payment().failure()).isEqualTo("customer_gone");
        later.assertBalanced();
    }

    @Test
    void moneyForSomethingThatIsNotSoldAnyMoreGoesBack() {
        world.catalog.publish(World.finder(1).withTiers(World.finder(1).tiers().get(0), World.finder(1).tiers().get(1)));
        world.provider.pay(payment.id());

        process.verify(payment);

        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(process.find(payment).failure()).isEqualTo("not_sold");
        world.assertBalanced();
    }

    @Test
    void moneyThatComesAfterAMonthGoesBackWhateverTheOperatorWants() {
        world.provider.set(payment.id(), PaymentSnapshot.State.FAILED);
        process.verify(payment);
        world.clock.advance(Duration.ofMinutes(15).plus(Settlements.LATEST).plusMillis(1));
        world.provider.pay(payment.id());

        process.verify(payment);

        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(process.find(payment).failure()).isEqualTo("late");
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void feeIsBookedOnceWhetherItIsToldWithThePaymentOrLater(boolean atOnce) {
        world.provider.pay(payment.id());
        if (!atOnce) {
            process.verify(payment);
        }
        world.provider.order(payment.id()).fee = Optional.of(new Money(2_782, "INR"));
        process.verify(payment);
        process.payments.reconcile(payment.id(), "admin");
        process.payments.reconcile(payment.id(), "admin");

        assertThat(world.balance("expenses:gateway-fees:lab")).isEqualTo(new Money(2_782, "INR"));
        assertThat(world.balance("assets:gateway:lab:acc_1")).isEqualTo(new Money(117_882 - 2_782, "INR"));
    }

    @Test
    void providerThatContradictsItselfStopsThePayment() {
        world.provider.next(Kind.MISMATCH, false);
        process.payments.reconcile(payment.id(), "admin");

        assertThat(process.find(payment).state()).isEqualTo(State.HELD);
        assertThat(world.tier()).isEqualTo("registered");
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTCOME_UNKNOWN", "NOT_CONTACTED", "RATE_LIMITED", "AUTHENTICATION"})
    void nothingIsConcludedFromAProviderThatDoesNotAnswer(Kind kind) {
        world.provider.pay(payment.id());
        world.provider.next(kind, false);

        refused(Problem.PROVIDER_UNAVAILABLE, () -> process.verify(payment));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void paymentOfAGatewayThatIsGoneWaitsForIt() {
        world.provider.pay(payment.id());
        world.gateways.clear();
        Process without = world.start();

        refused(Problem.PROVIDER_UNAVAILABLE, () -> without.verify(payment));
        without.pass(Duration.ofMinutes(30), Duration.ofMinutes(1));
        assertThat(without.find(payment).state()).isEqualTo(State.OPEN);

        world.gateways.add(world.provider);
        world.start().pass(Duration.ofMinutes(6), Duration.ofMinutes(1));
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
    }

    @Test
    void gatewayThatIsLateAfterAStartIsAskedSoon() {
        world.provider.pay(payment.id());
        world.gateways.clear();
        Process without = world.start();
        without.pass(Duration.ofSeconds(40), Duration.ofSeconds(1));
        assertThat(without.find(payment).state()).isEqualTo(State.OPEN);

        world.gateways.add(world.provider);
        world.start().pass(Duration.ofMinutes(2), Duration.ofSeconds(1));

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void timelineTellsEverythingThatHappened() {
        world.provider.pay(payment.id());
        process.verify(payment);

        assertThat(process.payments.inspect(payment.id()).timeline()).extracting("kind")
                .containsExactly("payment.created", "state.changed", "state.changed");
    }

    @Test
    void moneyThatWentBackBeforeItWasSeenBuysNothingAndIsTheEndOnlyOnce() {
        world.provider.pay(payment.id());
        world.provider.order(payment.id()).refunds.put("of nobody", World.TOTAL);

        Payment ended = process.verify(payment);
        process.payments.reconcile(payment.id(), "admin");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure()).isEqualTo("given_back");
        assertThat(ended.invoiceNumber()).isEmpty();
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(process.payments.inspect(payment.id()).timeline())
                .filteredOn(event -> "given_back".equals(event.details().get("why"))).hasSize(1);
        world.assertBalanced();
    }

    @Test
    void partOfTheMoneyThatWentBackBeforeItWasSeenIsBookedAtOnce() {
        world.provider.pay(payment.id());
        world.provider.order(payment.id()).refunds.put("of nobody", new Money(5_000, "INR"));

        process.verify(payment);

        assertThat(process.find(payment).refunded()).isEqualTo(new Money(5_000, "INR"));
        assertThat(world.tier()).isEqualTo("pro");
        world.assertBalanced();
    }
}
