package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.Together;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refunds that somebody made at the provider's own pages. */
class RefundsElsewhereTest {

    private static final Money SOME = new Money(17_882, "INR");

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    @BeforeEach
    void pay() {
        world.provider.pay(payment.id());
        process.verify(payment);
    }

    private void givenBackThere(String key, long minor) {
        synchronized (world.provider) {
            world.provider.order(payment.id()).refunds.put(key, new Money(minor, "INR"));
        }
    }

    /** Of a refund that has no key of ours. */
    private void told(Process node, String what) {
        node.payments.accept(Optional.of("lab"),
                Provider.genuine("event=refund.processed\norder=order_" + payment.id() + "\nwhat=" + what, World.NOON));
    }

    private List<Refund> refunds() {
        return process.payments.inspect(payment.id()).refunds();
    }

    private Refund refund(long minor, String key) {
        process.payments.refund(payment.id(), Optional.of(new Money(minor, "INR")), "asked for", key, "admin");
        return refunds().stream().filter(refund -> refund.reason().equals("asked for")).reduce((one, next) -> next).orElseThrow();
    }

    @Test
    void refundMadeThereIsBookedWithItsCreditNoteByTheNotificationOfIt() {
        givenBackThere("elsewhere", SOME.minor());

        told(process, "first");

        assertThat(refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.amount()).isEqualTo(SOME);
            assertThat(refund.state()).isEqualTo(RefundSnapshot.State.PROCESSED);
            assertThat(refund.reason()).isEqualTo("made at the provider");
            assertThat(refund.actor()).isEqualTo("lab");
            assertThat(refund.creditNote()).map(CreditNote::number).contains("CRN/25-26/000001");
        });
        assertThat(process.find(payment).refunded()).isEqualTo(SOME);
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.inspect(payment.id()).timeline()).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo("refund.found");
            assertThat(event.actor()).isEqualTo("lab");
        });
        assertThat(world.audit.latest(100, null)).anySatisfy(entry -> {
            assertThat(entry.event()).isEqualTo("payment.refunded");
            assertThat(entry.actor()).isEqualTo("lab");
        });
        world.assertBalanced();
    }

    @Test
    void lastOfTheMoneyEndsWhatItBought() {
        givenBackThere("one", 100_000);
        told(process, "one");
        givenBackThere("other", SOME.minor());
        told(process, "other");

        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(refunds()).extracting(Refund::amount).containsExactlyInAnyOrder(new Money(100_000, "INR"), SOME);
        world.assertBalanced();
    }

    @Test
    void twoNodesNotificationsPollerAndAdminAtOnceBookItOnce() {
        for (int i = 1; i <= 20; i++) {
            givenBackThere("elsewhere" + i, 100);
            AtomicInteger node = new AtomicInteger();
            Together.run(6, () -> {
                Process other = world.start();
                switch (node.getAndIncrement() % 3) {
                    case 0 -> told(other, "try" + node);
                    case 1 -> other.payments.reconcile(payment.id(), "admin");
                    default -> other.parts.worker.round();
                }
                return true;
            });
            assertThat(process.find(payment).refunded()).isEqualTo(new Money(100 * i, "INR"));
        }
        assertThat(refunds()).hasSize(20);
        world.assertBalanced();
    }

    @Test
    void whatTheProviderCountsOfOursIsNotTakenForItsOwn() {
        world.provider.refundsWait = true;
        refund(50_000, "a"); // the provider counts it, and has not carried it out

        told(process, "ours");
        process.payments.reconcile(payment.id(), "admin");

        assertThat(refunds()).singleElement().extracting(Refund::state).isEqualTo(RefundSnapshot.State.PENDING);
        world.provider.refundsWait = false;
        process.pass(Duration.ofHours(2), Duration.ofMinutes(5));
        assertThat(refunds()).singleElement().extracting(Refund::state).isEqualTo(RefundSnapshot.State.PROCESSED);
        world.assertBalanced();
    }

    @Test
    void besideOneOfOursThatWaitsAndIsNotCountedYetItIsFoundLater() {
        world.provider.next(Kind.OUTCOME_UNKNOWN, false); // ours does not get there
        refund(50_000, "a");
        givenBackThere("elsewhere", SOME.minor());
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        told(process, "there");
        assertThat(process.find(payment).refunded().minor()).isZero();

        process.pass(Duration.ofHours(2), Duration.ofMinutes(1));

        assertThat(refunds()).extracting(Refund::amount).containsExactlyInAnyOrder(new Money(50_000, "INR"), SOME);
        assertThat(refunds()).extracting(Refund::state).containsOnly(RefundSnapshot.State.PROCESSED);
        world.assertBalanced();
    }

    @Test
    void oursThatWasSaidToHaveFailedAndWasMadeIsOurs() {
        world.provider.next(Kind.DECLINED, true);
        Refund ours = refund(SOME.minor(), "a");

        assertThat(refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.id()).isEqualTo(ours.id());
            assertThat(refund.state()).isEqualTo(RefundSnapshot.State.PROCESSED);
        });
        world.assertBalanced();
    }

    @Test
    void oursThatIsRefusedBecauseTheMoneyWentBackThereTellsOfIt() {
        givenBackThere("elsewhere", World.TOTAL.minor());
        world.provider.next(Kind.INVALID_REQUEST, false); // nothing left to be given back

        refund(World.TOTAL.minor(), "a");

        assertThat(refunds()).extracting(Refund::state)
                .containsExactlyInAnyOrder(RefundSnapshot.State.FAILED, RefundSnapshot.State.PROCESSED);
        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    @Test
    void answerThatWasOvertakenByARefundOfOursCountsForNothing() {
        Deque<Runnable> whileAnswering = new ArrayDeque<>();
        world.gateways.set(0, answering(whileAnswering));
        Process slow = world.start();
        givenBackThere("soon gone", SOME.minor());
        whileAnswering.add(() -> {}); // the answer that makes it look again
        whileAnswering.add(() -> {
            synchronized (world.provider) {
                world.provider.order(payment.id()).refunds.remove("soon gone"); // it failed there in the end
            }
            refund(100, "a");
        });

        slow.payments.reconcile(payment.id(), "admin");

        assertThat(whileAnswering).isEmpty();
        assertThat(refunds()).singleElement().extracting(Refund::amount).isEqualTo(new Money(100, "INR"));
        world.assertBalanced();
    }

    /** The lab, where these happen between its answers and their arrival, one each. */
    private PaymentGateway answering(Deque<Runnable> acts) {
        return (PaymentGateway) Proxy.newProxyInstance(RefundsElsewhereTest.class.getClassLoader(),
                new Class<?>[] {PaymentGateway.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(world.provider, arguments);
                        if (method.getName().equals("fetchPayment") && !acts.isEmpty()) {
                            acts.poll().run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void moneyThatIsHeldAndGoesBackThereIsBookedWithoutACreditNote() {
        Payment held = process.payments.initiate(
                new Purchase(world.ann, World.FINDER, "enterprise", World.BUYER, null, null, "held"));
        world.provider.order(held.id()).amount = new Money(40_000, "INR");
        world.provider.pay(held.id());
        process.verify(held);
        synchronized (world.provider) {
            world.provider.order(held.id()).refunds.put("elsewhere", new Money(40_000, "INR"));
        }

        process.payments.reconcile(held.id(), "admin");

        assertThat(process.find(held).state()).isEqualTo(State.REFUNDED);
        assertThat(process.payments.inspect(held.id()).refunds()).singleElement()
                .satisfies(refund -> assertThat(refund.creditNote()).isEmpty());
        world.assertBalanced();
    }

    @Test
    void providerThatSaysNothingOfSumsChangesNothing() {
        refund(SOME.minor(), "a");
        synchronized (world.provider) {
            world.provider.order(payment.id()).refunds.clear(); // what orders of PhonePe say: nothing
        }

        told(process, "again");

        assertThat(refunds()).hasSize(1);
        assertThat(process.find(payment).refunded()).isEqualTo(SOME);
    }
}
