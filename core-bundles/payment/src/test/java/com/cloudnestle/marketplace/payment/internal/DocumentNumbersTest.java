package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Payments.Receipt;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.internal.Mortal.Last;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.sqlite.internal.SqliteFile;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invoices and credit notes: consecutive, none twice, none of nothing. */
@Timeout(300)
class DocumentNumbersTest {

    private static final DocumentSeries INVOICES = new DocumentSeries("IN-29", "INV", "25-26");

    /** A purchase of somebody else each time. */
    private static Payment begun(World world, Process node, int buyer) {
        String customer = world.customers.findOrCreate("buyer" + buyer + "@example.com").id();
        world.entitlements.grant(customer, World.FINDER, "registered", "system");
        Payment payment = node.payments.initiate(
                new Purchase(customer, World.FINDER, "pro", World.BUYER, null, null, "k" + buyer));
        world.provider.pay(payment.id());
        return payment;
    }

    private static Payment seen(Process node, Payment payment) {
        return node.payments.verify(payment.customerId(), payment.id(), new ReturnProof(World.RIGHT));
    }

    private static Payment sold(World world, Process node, int buyer) {
        return seen(node, begun(world, node, buyer));
    }

    private static List<String> upTo(long last) {
        return LongStream.rangeClosed(1, last).mapToObj(INVOICES::number).toList();
    }

    private static List<String> invoices(Process node, List<Payment> payments) {
        return payments.stream().map(payment -> node.find(payment).invoiceNumber().orElse("none")).sorted().toList();
    }

    @Test
    void invoicesAreNumberedInTheOrderInWhichTheyAreGranted() {
        World world = new World();
        Process node = world.start();
        Payment open = begun(world, node, 1);

        assertThat(sold(world, node, 2).invoiceNumber()).contains("INV/25-26/000001");
        assertThat(seen(node, open).invoiceNumber()).contains("INV/25-26/000002");
        assertThat(seen(node, open).invoiceNumber()).contains("INV/25-26/000002");
        assertThat(node.payments.inspect(open.id()).timeline()).filteredOn(event -> event.kind().equals("state.changed"))
                .last().satisfies(event -> assertThat(event.details()).containsEntry("invoice", "INV/25-26/000002"));
        world.assertBalanced();
    }

    @Test
    void paymentAtTheLastSecondOfMarchInIndiaIsInTheOldYearAndTheNextOneIsTheFirstOfTheNew() {
        World world = new World(new ManualClock(Instant.parse("2027-03-31T18:29:59Z")));
        Process node = world.start();

        assertThat(sold(world, node, 1).invoiceNumber()).contains("INV/26-27/000001");
        assertThat(sold(world, node, 2).invoiceNumber()).contains("INV/26-27/000002");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(sold(world, node, 3).invoiceNumber()).contains("INV/27-28/000001");
        world.clock.advance(Duration.ofSeconds(-1)); // a node whose clock is behind
        assertThat(sold(world, node, 4).invoiceNumber()).contains("INV/26-27/000003");
        world.assertBalanced();
    }

    @Test
    void whatIsNotGrantedHasNoNumberAndUsesNoneUp() {
        World world = new World();
        Process node = world.start();
        Payment other = begun(world, node, 1);
        world.provider.order(other.id()).amount = new Money(5, "INR");
        assertThat(seen(node, other).state()).isEqualTo(State.HELD);
        Payment late = begun(world, node, 2);
        world.catalog.publish(World.finder(1).withTiers(World.finder(1).tiers().get(0), World.finder(1).tiers().get(1)));
        assertThat(seen(node, late).invoiceNumber()).isEmpty();
        world.catalog.publish(World.finder(99_900));

        assertThat(sold(world, node, 3).invoiceNumber()).contains("INV/25-26/000001");
    }

    @Test
    void paymentsThatMoveNoMoneyLeaveTheSellersNumbersAlone() {
        World world = new World();
        world.provider.mode = Mode.TEST;
        Process node = world.start();
        Payment trial = sold(world, node, 1);
        node.payments.refund(trial.id(), Optional.empty(), "asked for", "r", "admin");
        world.provider.mode = Mode.LIVE;

        assertThat(trial.invoiceNumber()).contains("TST/25-26/000001");
        assertThat(node.payments.receipt(trial.customerId(), trial.id()).creditNotes()).extracting(CreditNote::number)
                .containsExactly("TCR/25-26/000001");
        assertThat(sold(world, node, 2).invoiceNumber()).contains("INV/25-26/000001");
        world.assertBalanced();
    }

    @Test
    void aThousandPaymentsOnNodesThatDieHaveNumbersWithoutAGap() {
        World world = new World();
        Process first = world.start();
        List<Payment> payments = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            payments.add(begun(world, first, i));
        }
        Queue<Payment> waiting = new ConcurrentLinkedQueue<>(payments);
        Random random = new Random(20260304);
        Queue<Mortal> lives = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 300; i++) {
            lives.add(new Mortal(1 + random.nextInt(40), random.nextBoolean() ? Last.DONE : Last.LOST));
        }
        List<Integer> deaths = Together.run(8, () -> {
            int died = 0;
            Process node = world.start();
            for (Payment payment = waiting.poll(); payment != null; payment = waiting.poll()) {
                try {
                    seen(node, payment);
                } catch (MarketplaceException e) {
                    died++;
                }
                Mortal next = lives.poll(); // another one may see the same payment, and die
                node = next == null ? node : world.new Process(next);
            }
            return died;
        });
        first.pass(Duration.ofMinutes(10), Duration.ofSeconds(20));

        assertThat(deaths.stream().mapToInt(Integer::intValue).sum()).as("deaths").isPositive();
        assertThat(invoices(first, payments)).isEqualTo(upTo(1_000));
        assertThat(first.ledger.check().problems()).isEmpty();
    }

    @Test
    void thirtyTwoThreadsOnTwoNodesWaitForTheirTurnAndNoneGivesUp() {
        World world = new World();
        sellAll(world, List.of(world.start(), world.start()), 640, 32);
    }

    @Test
    void transactionsThatAreOnTheirWayTogetherLeaveNoGap() {
        ManualClock clock = new ManualClock(World.NOON);
        World world = new World(clock, new InMemoryStore(clock));
        sellAll(world, List.of(world.start()), 640, 32);
    }

    @Test
    void norDoTheyOnTheEmbeddedStore(@TempDir Path folder) throws Exception {
        ManualClock clock = new ManualClock(World.NOON);
        try (SqliteFile file = SqliteFile.open(folder, clock)) {
            World world = new World(clock, file.store());
            sellAll(world, List.of(world.start()), 160, 16);
        }
    }

    /** Each payment is seen twice, by whoever comes to it. */
    static void sellAll(World world, List<Process> nodes, int count, int threads) {
        List<Payment> payments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            payments.add(begun(world, nodes.get(0), i));
        }
        Queue<Payment> waiting = new ConcurrentLinkedQueue<>();
        payments.forEach(payment -> waiting.addAll(List.of(payment, payment)));
        AtomicInteger thread = new AtomicInteger();

        Together.run(threads, () -> {
            Process node = nodes.get(thread.getAndIncrement() % nodes.size());
            for (Payment payment = waiting.poll(); payment != null; payment = waiting.poll()) {
                assertThat(seen(node, payment).state()).isEqualTo(State.PAID);
            }
            return true;
        });

        assertThat(invoices(nodes.get(0), payments)).isEqualTo(upTo(count));
        assertThat(nodes.get(0).ledger.check().problems()).isEmpty();
    }

    @Test
    void numberThatAnotherNodeTookIsNotTakenAgainAndNotLeftOut() {
        ManualClock clock = new ManualClock(World.NOON);
        InMemoryStore inner = new InMemoryStore(clock, true);
        World world = new World(clock, inner);
        ContestedStore contested = new ContestedStore(inner);
        Process node = world.new Process(Mortal.immortal(), contested);
        sold(world, node, 1); // so that the node has seen the series
        Payment mine = begun(world, node, 2);
        Payment other = begun(world, node, 3);
        contested.beforeNextWrite(() -> seen(world.start(), other));

        assertThat(seen(node, mine).invoiceNumber()).contains("INV/25-26/000003");
        assertThat(node.find(other).invoiceNumber()).contains("INV/25-26/000002");
        world.assertBalanced();
    }

    @Test
    void numberOfAPaymentThatSomebodyElseGrantedMeanwhileGoesToTheNext() {
        ManualClock clock = new ManualClock(World.NOON);
        InMemoryStore inner = new InMemoryStore(clock, true);
        World world = new World(clock, inner);
        ContestedStore contested = new ContestedStore(inner);
        Process node = world.new Process(Mortal.immortal(), contested);
        Payment mine = begun(world, node, 1);
        contested.beforeNextWrite(() -> seen(world.start(), mine));

        assertThat(seen(node, mine).invoiceNumber()).contains("INV/25-26/000001");
        assertThat(sold(world, node, 2).invoiceNumber()).contains("INV/25-26/000002");
        world.assertBalanced();
    }

    @Test
    void seriesThatWasLostGivesNoNumberTwice() {
        World world = new World();
        sold(world, world.start(), 1);
        sold(world, world.start(), 2);
        world.data.delete(Keys.series(INVOICES), Condition.NONE);

        assertThat(sold(world, world.start(), 3).invoiceNumber()).contains("INV/25-26/000003");
        world.assertBalanced();
    }

    @Test
    void creditNotesTakeBackEachTaxInItsOriginalSplitAndTogetherTheWholeInvoice() {
        World world = new World();
        Process node = world.start();
        Payment payment = sold(world, node, 1);
        long left = World.TOTAL.minor();
        for (int i = 0; left > 0; i++) {
            long part = Math.min(left, 33_333);
            node.payments.refund(payment.id(), Optional.of(new Money(part, "INR")), "asked for", "r" + i, "admin");
            left -= part;
            world.clock.advance(Duration.ofMinutes(1));
        }

        Receipt receipt = node.payments.receipt(payment.customerId(), payment.id());

        assertThat(receipt.payment().invoiceNumber()).contains("INV/25-26/000001");
        List<CreditNote> notes = receipt.creditNotes();
        assertThat(notes).extracting(CreditNote::number).containsExactly(
                "CRN/25-26/000001", "CRN/25-26/000002", "CRN/25-26/000003", "CRN/25-26/000004");
        assertThat(notes).allSatisfy(note -> {
            assertThat(note.invoiceNumber()).isEqualTo("INV/25-26/000001");
            assertThat(note.taxes()).extracting(TaxLine::name).containsExactly("CGST", "SGST");
            assertThat(note.taxes()).extracting(TaxLine::basisPoints).containsExactly(900, 900);
            assertThat(note.taxes().get(0).amount()).isEqualTo(note.taxes().get(1).amount());
            assertThat(note.net().plus(note.taxes().get(0).amount()).plus(note.taxes().get(1).amount())).isEqualTo(note.total());
        });
        assertThat(notes.get(0).total()).isEqualTo(new Money(33_333, "INR"));
        assertThat(notes.get(0).issuedAt()).isEqualTo(World.NOON);
        assertThat(notes.stream().map(CreditNote::net).reduce(Money.zero("INR"), Money::plus)).isEqualTo(payment.quote().net());
        assertThat(notes.stream().map(note -> note.taxes().get(0).amount()).reduce(Money.zero("INR"), Money::plus))
                .isEqualTo(payment.quote().taxes().get(0).amount());
        world.assertBalanced();
    }

    @Test
    void creditNoteIsNumberedInTheYearInWhichItIsIssued() {
        World world = new World();
        Process node = world.start();
        Payment payment = sold(world, node, 1);
        world.clock.advance(Duration.ofDays(40));

        Refund refund = node.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin").refunds().get(0);

        assertThat(node.payments.inspect(payment.id()).refunds().get(0).creditNote()).map(CreditNote::number)
                .contains("CRN/26-27/000001");
        assertThat(refund.amount()).isEqualTo(World.TOTAL);
        assertThat(node.payments.inspect(payment.id()).timeline()).filteredOn(event -> event.kind().equals("refund.processed"))
                .first().satisfies(event -> assertThat(event.details()).containsEntry("credit_note", "CRN/26-27/000001"));
    }

    @Test
    void refundThatWaitsOrFailedAndMoneyThatWasNeverSoldHaveNoCreditNote() {
        World world = new World();
        Process node = world.start();
        Payment held = begun(world, node, 1);
        world.provider.order(held.id()).amount = new Money(50_000, "INR");
        seen(node, held);
        node.payments.refund(held.id(), Optional.empty(), "asked for", "r", "admin");
        Payment sold = sold(world, node, 2);
        world.provider.refundsWait = true;
        node.payments.refund(sold.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(node.find(held).state()).isEqualTo(State.REFUNDED);
        assertThat(node.payments.receipt(held.customerId(), held.id()).creditNotes()).isEmpty();
        assertThat(node.payments.receipt(sold.customerId(), sold.id()).creditNotes()).isEmpty();
        assertThat(node.ledger.check().problems()).isEmpty();
    }
}
