package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.Together;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beginning payments. */
class PurchasesTest {

    private final World world = new World();
    private final Process process = world.start();

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private Purchase purchase(String tier, String gateway, URI returnUrl, String key) {
        return new Purchase(world.ann, World.FINDER, tier, World.BUYER, gateway, returnUrl, key);
    }

    @Test
    void chargesThePriceOfTheCatalogueWithItsTax() {
        Payment payment = process.initiate("k");

        assertThat(payment.state()).isEqualTo(State.OPEN);
        assertThat(payment.quote().net()).isEqualTo(new Money(99_900, "INR"));
        assertThat(payment.quote().taxes()).extracting(TaxLine::name).containsExactly("CGST", "SGST");
        assertThat(payment.quote().total()).isEqualTo(World.TOTAL);
        assertThat(world.provider.order(payment.id()).amount).isEqualTo(World.TOTAL);
        assertThat(payment.checkout()).contains(new Checkout.Redirect(URI.create("https://pay.example/order_" + payment.id())));
        assertThat(payment.id()).matches("pay_[a-z2-7]{26}");
    }

    @Test
    void givesTheSamePaymentForTheSameKey() {
        Payment first = process.initiate("k");

        assertThat(process.initiate("k")).isEqualTo(first);
        refused(Problem.IDEMPOTENCY_KEY_REUSED, () -> process.payments.initiate(purchase("enterprise", null, null, "k")));
        assertThat(world.provider.orders).hasSize(1);
    }

    @Test
    void doubleClickGivesTheSameOpenPayment() {
        AtomicInteger clicks = new AtomicInteger();

        List<Payment> payments = Together.run(8, () -> process.initiate("click " + clicks.getAndIncrement()));

        assertThat(payments).extracting(Payment::id).containsOnly(payments.get(0).id());
        assertThat(world.provider.orders).hasSize(1);
        assertThat(process.payments.history(world.ann, 10, null).payments()).hasSize(1);
    }

    @Test
    void sameKeyAtTheSameMomentGivesOnePayment() {
        List<Payment> payments = Together.run(8, () -> process.initiate("k"));

        assertThat(payments).extracting(Payment::id).containsOnly(payments.get(0).id());
        assertThat(world.provider.orders).hasSize(1);
    }

    @Test
    void beginsAnewAfterThePaymentEnded() {
        Payment first = process.initiate("a");
        world.clock.advance(Duration.ofMinutes(16));

        assertThat(process.initiate("b").id()).isNotEqualTo(first.id());
        assertThat(process.initiate("a").id()).as("the key of the first").isEqualTo(first.id());
    }

    @Test
    void oldQuoteIsHonouredWhenThePriceChangesWhileTheCheckoutIsOpen() {
        Payment payment = process.initiate("k");
        world.catalog.publish(World.finder(500_000));
        world.provider.pay(payment.id());

        Payment paid = process.verify(payment);

        assertThat(paid.state()).isEqualTo(State.PAID);
        assertThat(paid.quote().total()).isEqualTo(World.TOTAL);
        world.assertBalanced();
    }

    @Test
    void secondPaymentAtANewPriceGoesBackIfTheFirstWasPaidToo() {
        Payment cheap = process.initiate("a");
        world.catalog.publish(World.finder(500_000));
        Payment dear = process.initiate("b");
        world.provider.pay(cheap.id());
        world.provider.pay(dear.id());

        assertThat(process.verify(dear).state()).isEqualTo(State.PAID);
        process.verify(cheap);

        assertThat(process.find(cheap).state()).isEqualTo(State.REFUNDED);
        assertThat(process.find(cheap).failure()).isEqualTo("bought_twice");
        assertThat(world.tier()).isEqualTo("pro");
        world.assertBalanced();
    }

    @Test
    void refusesATierThatTheCustomerHasOrThatIsNotSold() {
        refused(Problem.TIER_UNKNOWN, () -> process.payments.initiate(purchase("registered", null, null, "k")));
        refused(Problem.TIER_UNKNOWN, () -> process.payments.initiate(purchase("gold", null, null, "k")));
        world.entitlements.changeTier(world.ann, World.FINDER, "pro", "admin");
        refused(Problem.CONFLICT, () -> process.initiate("k"));
    }

    @Test
    void refusesWhatItCannotKnow() {
        refused(Problem.SOLUTION_UNKNOWN, () -> process.payments.quote(null, "nothing", "pro", World.BUYER));
        refused(Problem.CUSTOMER_UNKNOWN, () -> process.payments.initiate(
                new Purchase("cus_nobody", World.FINDER, "pro", World.BUYER, null, null, "k")));
        refused(Problem.INVALID_FIELD, () -> process.payments.initiate(purchase("pro", null, null, "")));
        refused(Problem.INVALID_FIELD, () -> process.payments.initiate(purchase("pro", null, null, "k".repeat(201))));
        refused(Problem.PAYMENT_UNKNOWN, () -> process.payments.find(world.ann, "x".repeat(5_000)));
        refused(Problem.PAYMENT_UNKNOWN, () -> process.payments.find(world.ann, ""));
    }

    @Test
    void sendsNobodyToPagesOfStrangers() {
        URI ours = URI.create("https://market.example/solutions/finder/");
        assertThat(process.payments.initiate(purchase("pro", null, ours, "a")).returnUrl()).contains(ours);
        assertThat(process.payments.initiate(purchase("pro", null, URI.create("/solutions/finder/"), "a")).returnUrl())
                .as("told by its path").contains(ours);
        for (String stranger : List.of("https://evil.example/", "//market.example/x", "x", "?a", "javascript:alert(1)",
                "https://market.example@evil.example/", "http://market.example/")) {
            refused(Problem.INVALID_FIELD, () -> process.payments.initiate(purchase("pro", null, URI.create(stranger), "b")));
        }
    }

    @Test
    void whoBeginsAgainFromAnotherPageEndsThereWithTheSamePayment() {
        URI there = URI.create("https://market.example/there");
        Payment first = process.payments.initiate(purchase("pro", null, URI.create("https://market.example/here"), "a"));

        Payment again = process.payments.initiate(purchase("pro", null, there, "b"));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.returnUrl()).contains(there);
        assertThat(process.find(first).returnUrl()).contains(there);
        assertThat(again.checkout()).isEqualTo(first.checkout());
        assertThat(process.payments.inspect(first.id()).timeline()).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo("return.changed");
            assertThat(event.details()).as("where somebody goes is nobody's business").isEmpty();
        });
        assertThat(process.payments.initiate(purchase("pro", null, null, "c")).returnUrl()).as("from the marketplace itself").isEmpty();
        world.provider.pay(first.id());
        assertThat(process.verify(first).state()).isEqualTo(State.PAID);
    }

    @Test
    void offersOnlyGatewaysThatWorkAndTakeTheAmount() {
        assertThat(process.payments.offers(World.FINDER, World.TOTAL)).hasSize(1);
        assertThat(process.payments.offers(World.FINDER, new Money(99, "INR"))).isEmpty();
        assertThat(process.payments.offers(World.FINDER, new Money(500, "EUR"))).isEmpty();
        refused(Problem.CONFLICT, () -> process.payments.initiate(purchase("pro", "other", null, "k")));

        world.provider.health = GatewayHealth.failing("no credentials");
        world.clock.advance(Offers.HEALTH_HOLDS);
        assertThat(process.payments.offers(World.FINDER, World.TOTAL)).isEmpty();
        assertThat(process.payments.gateways()).singleElement().satisfies(status ->
                assertThat(status.problem()).isEqualTo("no credentials"));
        refused(Problem.CONFLICT, () -> process.initiate("k"));
    }

    @Test
    void gatewayThatMovesNoMoneyIsRefusedInProduction() {
        world.provider.mode = GatewayCapabilities.Mode.TEST;
        assertThat(process.payments.offers(World.FINDER, World.TOTAL)).singleElement().satisfies(offer ->
                assertThat(offer.test()).isTrue());
        world.production = true;

        assertThat(world.start().payments.offers(World.FINDER, World.TOTAL)).isEmpty();
    }

    @Test
    void timeoutAfterTheProviderActedLeadsToALookAndNoSecondOrder() {
        world.provider.next(Kind.OUTCOME_UNKNOWN, true);

        Payment payment = process.initiate("k");

        assertThat(payment.state()).isEqualTo(State.OPEN);
        assertThat(world.provider.orders).hasSize(1);
        assertThat(world.provider.calls()).containsExactly("checkout", "fetch", "checkout");
    }

    @Test
    void timeoutBeforeTheProviderActedIsTriedAgainUnderTheSameKey() {
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);

        assertThat(process.initiate("k").state()).isEqualTo(State.OPEN);
        assertThat(world.provider.orders).hasSize(1);
    }

    @Test
    void paymentWaitsWhileTheProviderCannotBeReached() {
        world.provider.next(Kind.NOT_CONTACTED, false);
        Payment payment = process.initiate("k");

        assertThat(payment.state()).isEqualTo(State.CREATED);
        assertThat(payment.checkout()).isEmpty();
        assertThat(process.initiate("k").state()).as("tried again by the buyer").isEqualTo(State.OPEN);
        assertThat(process.find(payment).checkout()).isPresent();
    }

    @Test
    void paymentThatNobodyCanReachAnyMoreFailsAndAnotherCanBegin() {
        world.provider.resumable = false;
        world.provider.next(Kind.OUTCOME_UNKNOWN, true);

        Payment lost = process.initiate("a");

        assertThat(lost.state()).isEqualTo(State.FAILED);
        assertThat(process.initiate("b").state()).isEqualTo(State.OPEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "AUTHENTICATION", "FORBIDDEN", "LIMIT", "DECLINED", "CONFIGURATION", "UNSUPPORTED"})
    void paymentThatTheProviderRefusesFails(Kind kind) {
        world.provider.next(kind, false);

        assertThat(process.initiate("k").state()).isEqualTo(State.FAILED);
        assertThat(process.initiate("other").state()).isEqualTo(State.OPEN);
    }

    @Test
    void anotherBuyerOnTheInvoiceIsAnotherPayment() {
        Payment first = process.initiate("a");
        Buyer firm = new Buyer("Firm", "IN", "29", "29AAACL1234C1Z1", "");

        Payment second = process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", firm, null, null, "b"));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.buyer()).isEqualTo(firm);
    }

    @Test
    void keyWorksAgainWhenItIsForgotten() {
        Payment first = process.initiate("k");
        world.provider.set(first.id(), PaymentSnapshot.State.FAILED);
        process.verify(first);
        world.clock.advance(Duration.ofDays(31));

        assertThat(process.initiate("k").id()).isNotEqualTo(first.id());
    }

    @Test
    void buyerWhoChoosesAnotherGatewayGetsThere() {
        Provider other = new Provider("other", "acc_9");
        world.gateways.add(other);
        Process both = world.start();
        Payment first = both.payments.initiate(purchase("pro", "lab", null, "a"));

        Payment second = both.payments.initiate(purchase("pro", "other", null, "b"));

        assertThat(second.gateway()).isEqualTo("other");
        assertThat(both.payments.initiate(purchase("pro", null, null, "c")).id()).as("the last one, to who has no wish")
                .isEqualTo(second.id());
        world.provider.pay(first.id());
        other.pay(second.id());
        assertThat(both.verify(second).state()).isEqualTo(State.PAID);
        both.verify(first);
        assertThat(both.find(first).state()).isEqualTo(State.REFUNDED);
    }

    @Test
    void historyShowsOnlyTheCustomersOwnNewestFirst() {
        String bob = world.customers.findOrCreate("bob@example.com").id();
        Payment anns = process.initiate("a");
        world.clock.advance(Duration.ofMinutes(1));
        Payment enterprise = process.payments.initiate(purchase("enterprise", null, null, "b"));
        process.payments.initiate(new Purchase(bob, World.FINDER, "pro", World.BUYER, null, null, "a"));

        assertThat(process.payments.history(world.ann, 10, null).payments()).extracting(Payment::id)
                .containsExactly(enterprise.id(), anns.id());
        var page = process.payments.history(world.ann, 1, null);
        assertThat(page.payments()).extracting(Payment::id).containsExactly(enterprise.id());
        assertThat(process.payments.history(world.ann, 1, page.cursor().orElseThrow()).payments()).extracting(Payment::id)
                .containsExactly(anns.id());
        assertThat(process.payments.search(null, null, 10, null).payments()).hasSize(3);
        assertThat(process.payments.search(State.OPEN, null, 10, null).payments()).hasSize(3);
        assertThat(process.payments.search(State.PAID, world.ann, 10, null).payments()).isEmpty();
        refused(Problem.INVALID_FIELD, () -> process.payments.history(world.ann, 101, null));
    }
}
