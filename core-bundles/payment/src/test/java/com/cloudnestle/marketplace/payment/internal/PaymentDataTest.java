package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentDataTest {

    private static final Buyer FIRM = new Buyer("Lake Stores", "IN", "29", "29AAACL1234C1Z1", "1 Lake Road");
    private static final Instant EIGHT_YEARS_ON = Instant.parse("2034-03-01T12:00:00Z");

    private final World world = new World();
    private final Process process = world.start();
    private final PaymentData data = new PaymentData(world.data);

    private Payment bought(Buyer buyer) {
        Payment payment = process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", buyer, null, null, "k"));
        world.provider.pay(payment.id());
        return process.verify(payment);
    }

    private Buyer left(Payment payment) {
        return process.payments.inspect(payment.id()).payment().buyer();
    }

    @Test
    void peopleGetAllTheirPayments() {
        Payment payment = process.initiate("k");

        assertThat(data.export(world.ann)).contains(payment.id(), "\"total\":\"INR 1178.82\"", "\"buyer_name\":\"Ann\"", "1 Lake Road");
        assertThat(data.export("cus_nobody")).isEqualTo("[]");

        world.provider.pay(payment.id());
        process.verify(payment);
        assertThat(data.export(world.ann)).contains("\"invoice_number\":\"INV/25-26/000001\"");
    }

    @Test
    void erasingLeavesThePaymentWithoutThePerson() {
        Payment payment = bought(World.BUYER);

        data.erase(world.ann, "admin");
        data.erase(world.ann, "admin");

        Payment left = process.payments.inspect(payment.id()).payment();
        assertThat(left.state()).isEqualTo(State.PAID);
        assertThat(left.buyer().name()).isEmpty();
        assertThat(left.buyer().address()).isEmpty();
        assertThat(left.buyer().region()).isEqualTo("29");
        world.assertBalanced();
    }

    @Test
    void whoReadThePaymentBeforeDoesNotBringTheNameBack() {
        Payment payment = process.initiate("k");
        StoredPayment read = process.parts.book.require(payment.id());
        data.erase(world.ann, "admin");

        assertThat(process.parts.book.commit(new Step(read, read.change().done(), Step.note("x", Cause.POLL)))).isFalse();
    }

    @Test
    void invoiceOfAFirmKeepsItsNameAndAddressForEightYears() {
        Payment payment = bought(FIRM);
        assertThat(data.export(world.ann)).contains("\"invoice_number\":\"INV/25-26/000001\"",
                "\"buyer_kept_until\":\"2034-03-01T12:00:00Z\"");

        data.erase(world.ann, "admin");
        data.erase(world.ann, "admin");

        assertThat(left(payment)).isEqualTo(FIRM);
        world.clock.set(EIGHT_YEARS_ON.minus(Duration.ofSeconds(1)));
        process.parts.worker.round();
        assertThat(left(payment)).isEqualTo(FIRM);
        world.clock.set(EIGHT_YEARS_ON);
        process.parts.worker.round();
        assertThat(left(payment)).isEqualTo(new Buyer("", "IN", "29", FIRM.taxId(), ""));
        assertThat(process.payments.inspect(payment.id()).timeline()).extracting("kind").endsWith("buyer.erased");
        world.assertBalanced();
    }

    @Test
    void nothingIsErasedOfWhoIsStillThere() {
        Payment payment = bought(FIRM);
        world.clock.set(EIGHT_YEARS_ON.plus(Duration.ofDays(1)));
        process.parts.worker.round();

        assertThat(left(payment)).isEqualTo(FIRM);
    }

    @Test
    void whatIsOlderThanThatIsErasedWithTheNextRound() {
        Payment payment = bought(FIRM);
        world.clock.set(EIGHT_YEARS_ON.plus(Duration.ofDays(1)));

        data.erase(world.ann, "admin");
        process.parts.worker.round();

        assertThat(left(payment).name()).isEmpty();
    }

    /** With 18 % of tax. */
    @ParameterizedTest
    @CsvSource({"4237288, 5000000, true", "4237287, 4999999, false"})
    void invoiceOfFiftyThousandRupeesKeepsThemToo(long net, long total, boolean kept) {
        world.catalog.publish(World.finder(net));
        Payment payment = bought(World.BUYER);
        assertThat(payment.quote().total().minor()).isEqualTo(total);

        data.erase(world.ann, "admin");

        assertThat(left(payment).name()).isEqualTo(kept ? "Ann" : "");
        assertThat(left(payment).address()).isEqualTo(kept ? "1 Lake Road" : "");
    }

    @Test
    void whatMovedNoMoneyOrWasNeverPaidKeepsNobody() {
        world.provider.mode = GatewayCapabilities.Mode.TEST;
        Payment tried = bought(FIRM);
        assertThat(tried.invoiceNumber().orElseThrow()).startsWith("TST");
        String bob = world.customers.findOrCreate("bob@example.com").id();
        Payment open = process.payments.initiate(new Purchase(bob, World.FINDER, "pro", FIRM, null, null, "k"));
        assertThat(data.export(world.ann) + data.export(bob)).doesNotContain("2034");

        data.erase(world.ann, "admin");
        data.erase(bob, "admin");

        assertThat(left(tried).name() + left(open).name()).isEmpty();
        assertThat(left(tried).address() + left(open).address()).isEmpty();
    }

    @Test
    void invoiceThatIsWrittenWhileThePersonGoesKeepsTheName() {
        Payment payment = process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", FIRM, null, null, "k"));
        world.provider.pay(payment.id());
        AtomicReference<Optional<Runnable>> meanwhile = new AtomicReference<>(Optional.of(() -> process.verify(payment)));
        Store slow = new ForwardingStore(world.data) {
            @Override
            public Optional<Item> get(Key key) {
                Optional<Item> read = super.get(key);
                meanwhile.getAndSet(Optional.empty()).ifPresent(Runnable::run);
                return read;
            }
        };

        new PaymentData(slow).erase(world.ann, "admin");

        assertThat(process.payments.inspect(payment.id()).payment().invoiceNumber()).isPresent();
        assertThat(left(payment)).isEqualTo(FIRM);
    }
}
