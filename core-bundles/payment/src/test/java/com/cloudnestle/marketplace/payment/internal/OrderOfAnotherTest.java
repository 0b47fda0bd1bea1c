package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A gateway that takes two payments for one, and other steps that could never be written: nobody tries them a thousand times. */
class OrderOfAnotherTest {

    private final AtomicInteger transactions = new AtomicInteger();
    private final ManualClock clock = new ManualClock(World.NOON);
    private final World world = new World(clock, new InMemoryStore(clock, true));
    private final Process process = world.new Process(Mortal.immortal(), counting());
    private final Payment first = process.initiate("first");

    private Store counting() {
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("transact")) {
                transactions.incrementAndGet();
            }
            try {
                return method.invoke(world.data, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private Payment unopened() {
        for (int i = 0; i < 2; i++) {
            world.provider.next(Kind.NOT_CONTACTED, false);
        }
        Payment payment = process.payments.initiate(
                new Purchase(world.ann, World.FINDER, "enterprise", World.BUYER, null, null, "second"));
        assertThat(payment.state()).isEqualTo(State.CREATED);
        while (world.provider.faults() > 0) {
            look(payment);
        }
        return payment;
    }

    private void look(Payment payment) {
        try {
            process.payments.reconcile(payment.id(), "admin");
        } catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("cannot be asked");
        }
    }

    /** The provider has this payment under the key of the first one. */
    private void takenForTheFirst(Payment payment, PaymentSnapshot.State state) {
        Provider.Order order = new Provider.Order("order_" + first.id(), "acc_1", payment.quote().total());
        order.state = state;
        world.provider.orders.put(payment.id(), order);
    }

    private String failure(Payment payment) {
        return process.find(payment).failure();
    }

    @Test
    void moneyThatCameForAnotherOrderIsHeldAtOnce() {
        Payment second = unopened();
        takenForTheFirst(second, PaymentSnapshot.State.CAPTURED);
        transactions.set(0);

        look(second);
        look(second);

        assertThat(process.find(second).state()).isEqualTo(State.HELD);
        assertThat(failure(second)).isEqualTo("order");
        assertThat(transactions).hasValueLessThan(5);
        assertThat(world.tier()).isEqualTo("registered");
        world.provider.pay(first.id());
        assertThat(process.verify(first).state()).isEqualTo(State.PAID);
    }

    @Test
    void answerAboutAnotherOrderChangesNothingWhileNoMoneyCame() {
        Payment second = unopened();
        takenForTheFirst(second, PaymentSnapshot.State.CREATED);
        transactions.set(0);

        look(second);

        assertThat(process.find(second).state()).isEqualTo(State.CREATED);
        assertThat(process.find(second).providerOrderId()).isEmpty();
        assertThat(transactions).hasValueLessThan(5);
    }

    @Test
    void nobodyIsSentToThePageOfAnotherPayment() {
        Payment second = unopened();
        takenForTheFirst(second, PaymentSnapshot.State.CREATED);
        transactions.set(0);

        Payment again = process.payments.initiate(
                new Purchase(world.ann, World.FINDER, "enterprise", World.BUYER, null, null, "second"));

        assertThat(again.state()).isEqualTo(State.FAILED);
        assertThat(again.failure()).isEqualTo("not_opened");
        assertThat(again.checkout()).isEmpty();
        assertThat(transactions).hasValueLessThan(5);
        assertThat(process.find(first).state()).isEqualTo(State.OPEN);
    }

    @Test
    void stepThatCanNeverBeWrittenIsGivenUpSoon() {
        Key nowhere = new Key(Table.PAYMENT_TRANSACTIONS, "nothing", "here");
        transactions.set(0);

        assertThatThrownBy(() -> process.parts.progress.make(first.id(), now -> Optional.of(
                new Step(now, now.change().done(), Step.note("state.changed", Cause.CHECKOUT))
                        .with(List.of(new Write.Put(new Item(nowhere, Map.of()), Condition.itemExists()))))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining(first.id());

        assertThat(transactions).hasValue(Progress.REFUSALS);
    }
}
