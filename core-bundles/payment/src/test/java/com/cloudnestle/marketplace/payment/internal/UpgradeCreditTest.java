package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Holding;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.Quote.Credit;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Case 56: who goes on to a dearer tier in the middle of a term pays less by what is left of it. */
class UpgradeCreditTest {

    private static final String BEGIN = "2026-03-01T12:00:00Z";

    private World world = world(BEGIN, 49_900, 99_900);
    private Process process = world.start();

    private static World world(String begin, long pro, long enterprise) {
        ManualClock clock = new ManualClock(Instant.parse(begin));
        World world = new World(clock, new InMemoryStore(clock, true));
        world.catalog.publish(sold(pro, enterprise, "INR"));
        return world;
    }

    private static SolutionDescriptor sold(long pro, long enterprise, String currency) {
        List<TierPlan> plans = new ArrayList<>(World.finder(pro).tiers().subList(0, 3));
        plans.add(World.finder(pro).tiers().get(3).priced(new Price(enterprise, currency, "month")));
        plans.add(TierPlan.of("ultimate", plans.get(2).limits().get(0)).priced(new Price(4 * enterprise, currency, "month")));
        return World.finder(pro).withTiers(plans.toArray(TierPlan[]::new));
    }

    private void in(World other) {
        world = other;
        process = other.start();
    }

    private Payment begin(String tier, String key) {
        return process.payments.initiate(new Purchase(world.ann, World.FINDER, tier, World.BUYER, null, null, key));
    }

    private Payment pay(Payment payment) {
        world.provider.pay(payment.id());
        process.verify(payment);
        return process.find(payment);
    }

    private Payment buy(String tier) {
        return pay(begin(tier, tier));
    }

    private Quote quote(String tier) {
        return process.payments.quote(world.ann, World.FINDER, tier, World.BUYER);
    }

    private void refund(Payment payment) {
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r " + payment.id(), "admin");
    }

    private static Money inr(long minor) {
        return new Money(minor, "INR");
    }

    private static void refused(ThrowingCallable call, String says) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
            assertThat(e.getMessage()).contains(says);
        });
    }

    @Test
    void case56CreditsTheWholeDaysThatAreLeftRoundedDown() {
        Payment pro = buy("pro");
        world.clock.set(Instant.parse("2026-03-14T12:00:00Z")); // 14 days are used, 17 of 31 are left

        Payment enterprise = begin("enterprise", "e");

        Quote quote = enterprise.quote();
        assertThat(quote.credit()).contains(new Credit(pro.id(), "pro", inr(27_364), 17, 31)); // 49900 * 17 / 31 = 27364.5…
        assertThat(quote.price()).isEqualTo(inr(99_900));
        assertThat(quote.net()).isEqualTo(inr(72_536));
        assertThat(quote.taxes()).extracting(TaxLine::amount).containsExactly(inr(6_528), inr(6_528)); // 9 % are 6528.24
        assertThat(quote.total()).isEqualTo(inr(85_592));
        assertThat(process.find(enterprise).quote()).as("as it is stored").isEqualTo(quote).isEqualTo(quote("enterprise"));

        enterprise = pay(enterprise);

        assertThat(enterprise.state()).isEqualTo(State.PAID);
        assertThat(enterprise.term().orElseThrow().until()).isEqualTo(Instant.parse("2026-04-14T12:00:00Z"));
        assertThat(world.tier()).isEqualTo("enterprise");
        assertThat(world.provider.order(enterprise.id()).amount).isEqualTo(inr(85_592));
        assertThat(world.balance("income:sales:finder")).isEqualTo(inr(-49_900 - 72_536));
        world.assertBalanced();
        process.pass(Duration.ofDays(18), Duration.ofHours(6)); // the end of the first term passes
        assertThat(world.tier()).isEqualTo("enterprise");
        process.pass(Duration.ofDays(14), Duration.ofHours(6));
        assertThat(world.tier()).isEqualTo("registered");
    }

    @ParameterizedTest
    @CsvSource({"49900, 17, 31, 27364", "1, 30, 31, 0", "1, 31, 31, 1", "100, 1, 3, 33", "49900, 28, 29, 48179",
        "9007199254740993, 2, 3, 6004799503160662"})
    void case56RoundsDownToTheMinorUnit(long value, int unused, int days, long credit) {
        assertThat(Credits.of(inr(value), unused, days)).isEqualTo(inr(credit));
    }

    @Test
    void case56CountsTheDaysOfALeapFebruary() {
        in(world("2028-02-10T12:00:00Z", 49_900, 99_900));
        buy("pro");

        assertThat(quote("enterprise").credit()).hasValueSatisfying(credit -> {
            assertThat(credit.termDays()).isEqualTo(29);
            assertThat(credit.unusedDays()).isEqualTo(28);
            assertThat(credit.amount()).isEqualTo(inr(48_179));
        });
    }

    @Test
    void case56CreditChangesAtMidnightInIndiaAndNotBefore() {
        buy("pro");
        world.clock.set(Instant.parse("2026-03-14T18:29:59Z"));
        Quote before = quote("enterprise");
        Payment first = begin("enterprise", "click");
        assertThat(begin("enterprise", "second click").id()).as("a double click").isEqualTo(first.id());

        world.clock.advance(Duration.ofSeconds(1));

        Quote after = quote("enterprise");
        assertThat(before.credit().orElseThrow().unusedDays()).isEqualTo(17);
        assertThat(after.credit().orElseThrow().unusedDays()).isEqualTo(16);
        assertThat(after.credit().orElseThrow().amount()).isEqualTo(inr(25_754));
        assertThat(pay(first).state()).as("what was quoted a second ago is honoured").isEqualTo(State.PAID);
    }

    @Test
    void creditOfAPaisaOrLessOnTheLastDayIsNone() {
        in(world(BEGIN, 100, 99_900));
        buy("pro");
        world.clock.set(Instant.parse("2026-03-30T12:00:00Z"));
        assertThat(quote("enterprise").credit().orElseThrow().amount()).as("100 paise, 1 of 31 days").isEqualTo(inr(3));
        world.clock.set(Instant.parse("2026-03-31T12:00:00Z"));

        assertThat(quote("enterprise").credit()).isEmpty();
        assertThat(quote("enterprise").net()).isEqualTo(inr(99_900));
        buy("enterprise");
        assertThat(world.tier()).isEqualTo("enterprise");
    }

    @Test
    void tierThatCostsNoMoreThanWhatIsLeftIsBoughtWhenThatEnds() {
        buy("enterprise");

        refused(() -> quote("pro"), "1 April 2026, 17:30 (Asia/Kolkata)");
        refused(() -> begin("pro", "p"), "costs no more");
        world.clock.set(Instant.parse("2026-03-31T12:00:00Z"));
        refused(() -> begin("pro", "p"), "costs no more");
        process.pass(Duration.ofDays(1), Duration.ofHours(6));
        assertThat(pay(begin("pro", "p")).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
    }

    @Test
    void cheaperTierThatIsPaidForAfterADearerOneGoesBack() {
        Payment pro = begin("pro", "p");
        buy("enterprise");

        assertThat(pay(pro).state()).isEqualTo(State.REFUNDED);

        assertThat(process.find(pro).failure()).isEqualTo("has_higher");
        assertThat(world.tier()).isEqualTo("enterprise");
        world.assertBalanced();
    }

    @Test
    void anotherCurrencyHasNoCredit() {
        buy("pro");
        world.catalog.publish(sold(49_900, 5_000, "USD"));

        assertThat(quote("enterprise").credit()).isEmpty();
        assertThat(quote("enterprise").net()).isEqualTo(new Money(5_000, "USD"));
    }

    @Test
    void onlyWhatWasNotGivenBackCounts() {
        Payment pro = buy("pro");
        world.clock.set(Instant.parse("2026-03-14T12:00:00Z"));
        process.payments.refund(pro.id(), Optional.of(inr(29_441)), "half", "r", "admin"); // half of 58882

        assertThat(quote("enterprise").credit().orElseThrow().amount()).as("of 24950").isEqualTo(inr(13_682));
    }

    @Test
    void whatWentIntoTheUpgradeCannotBeGivenBackToo() {
        Payment pro = buy("pro");
        world.clock.set(Instant.parse("2026-03-14T12:00:00Z"));
        Payment enterprise = buy("enterprise");
        long locked = 32_290; // 27364 of 49900 net are 32289.5 of 58882

        refused(() -> process.payments.refund(pro.id(), Optional.of(inr(58_882 - locked + 1)), "asked for", "a", "admin"), "Only INR 265.92");
        process.payments.refund(pro.id(), Optional.of(inr(58_882 - locked)), "asked for", "b", "admin");
        refused(() -> refund(pro), "Only INR 0.00");

        assertThat(process.find(pro).state()).isEqualTo(State.PAID);
        assertThat(process.find(enterprise).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("enterprise");
        world.assertBalanced();
    }

    @Test
    void refundOfTheUpgradeGivesTheEarlierTermBackAndFreesIt() {
        Payment pro = buy("pro");
        world.clock.set(Instant.parse("2026-03-14T12:00:00Z"));
        Payment enterprise = buy("enterprise");

        refund(enterprise);

        assertThat(process.find(enterprise).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.holdings(world.ann)).extracting(Holding::paymentId).containsExactly(pro.id());
        assertThat(quote("enterprise").credit().orElseThrow().amount()).as("it can be used again").isEqualTo(inr(27_364));
        process.pass(Duration.ofDays(19), Duration.ofHours(6));
        assertThat(world.tier()).isEqualTo("registered");
        refund(pro);
        assertThat(process.find(pro).refunded()).isEqualTo(inr(58_882));
        world.assertBalanced();
    }

    @Test
    void refundOfTheUpgradeAfterTheEarlierTermIsOverEndsAll() {
        buy("pro");
        world.clock.set(Instant.parse("2026-03-14T12:00:00Z"));
        Payment enterprise = buy("enterprise");
        world.clock.set(Instant.parse("2026-04-02T12:00:00Z"));

        refund(enterprise);

        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void paymentThatWasBoughtForEverGivesItsTierAgainWhenAHigherTermEnds() {
        world.catalog.publish(sold(49_900, 99_900, "INR").withTiers(sold(49_900, 99_900, "INR").tiers().stream()
                .map(plan -> plan.tier().equals("pro") ? plan.priced(new Price(49_900, "INR", "once")) : plan).toArray(TierPlan[]::new)));
        buy("pro");
        Payment enterprise = buy("enterprise");
        assertThat(enterprise.quote().credit()).isEmpty();

        process.pass(Duration.ofDays(32), Duration.ofHours(6));

        assertThat(world.tier()).isEqualTo("pro");
    }

    @Test
    void creditThatWasGivenBackBetweenQuoteAndPaymentIsGoneAndTheMoneyGoesBack() {
        Payment pro = buy("pro");
        Payment enterprise = begin("enterprise", "e");
        process.payments.refund(pro.id(), Optional.of(inr(1_000)), "a little", "r", "admin");

        assertThat(pay(enterprise).state()).isEqualTo(State.REFUNDED);

        assertThat(process.find(enterprise).failure()).isEqualTo("credit_gone");
        assertThat(world.tier()).isEqualTo("pro");
        refund(pro);
        assertThat(process.find(pro).state()).as("nothing was taken of it").isEqualTo(State.REFUNDED);
        world.assertBalanced();
    }

    @Test
    void ofTwoUpgradesThatUseTheSameCreditOneGoesBack() {
        Payment pro = buy("pro");
        Payment enterprise = begin("enterprise", "e");
        Payment ultimate = begin("ultimate", "u");
        assertThat(ultimate.quote().credit()).isEqualTo(enterprise.quote().credit()).isPresent();

        assertThat(pay(enterprise).state()).isEqualTo(State.PAID);
        assertThat(pay(ultimate).state()).isEqualTo(State.REFUNDED);

        assertThat(process.find(ultimate).failure()).isEqualTo("credit_gone");
        assertThat(world.tier()).isEqualTo("enterprise");
        assertThat(process.find(pro).refunded().minor()).isZero();
        world.assertBalanced();
    }

    @Test
    void upgradeThatIsPaidWhenTheCreditedTermIsOverGoesBack() {
        buy("pro");
        world.clock.set(Instant.parse("2026-03-30T12:00:00Z"));
        Payment enterprise = begin("enterprise", "e");
        world.clock.set(Instant.parse("2026-04-01T12:00:00Z"));

        assertThat(pay(enterprise).failure()).isEqualTo("credit_gone");
        assertThat(process.find(enterprise).state()).isEqualTo(State.REFUNDED);
    }

    @Test
    void termAheadCountsWhole() {
        Payment pro = buy("pro");
        world.clock.set(Instant.parse("2026-03-30T12:00:00Z"));
        Payment next = pay(begin("pro", "next"));

        Quote quote = quote("enterprise");

        // 1 of 31 days of March, all 30 of April
        assertThat(quote.credit()).contains(new Credit(pro.id(), "pro", inr(1_609 + 49_900), 31, 61));
        Payment enterprise = buy("enterprise");
        assertThat(enterprise.state()).isEqualTo(State.PAID);
        refused(() -> refund(next), "Only INR 0.00");
        refund(enterprise);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.holdings(world.ann)).singleElement().satisfies(holding -> {
            assertThat(holding.paymentId()).isEqualTo(pro.id());
            assertThat(holding.until()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
        });
        world.assertBalanced();
    }

    @Test
    void renewalThatIsPaidBetweenQuoteAndPaymentIsNotLost() {
        buy("pro");
        world.clock.set(Instant.parse("2026-03-30T12:00:00Z"));
        Payment enterprise = begin("enterprise", "e");
        pay(begin("pro", "next"));

        assertThat(pay(enterprise).failure()).isEqualTo("credit_gone");
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(pay(begin("enterprise", "with all of it")).state()).isEqualTo(State.PAID);
        world.assertBalanced();
    }

    @Test
    void creditOfAnUpgradeIsWhatItIsWorthAndNoMoreThanWasPaidIsGivenBack() {
        Payment pro = buy("pro"); // 49900
        Payment enterprise = buy("enterprise"); // 99900 less 48290
        Payment ultimate = buy("ultimate"); // less 30 of 31 days of 99900
        assertThat(ultimate.quote().credit()).contains(new Credit(enterprise.id(), "enterprise", inr(96_677), 30, 31));

        refused(() -> refund(enterprise), "Only INR 0.00");
        long paid = List.of(pro, enterprise, ultimate).stream().mapToLong(each -> each.quote().total().minor()).sum();
        refund(ultimate);
        assertThat(world.tier()).isEqualTo("enterprise");
        refund(enterprise);
        assertThat(world.tier()).isEqualTo("pro");
        refund(pro);
        assertThat(world.tier()).isEqualTo("registered");
        assertThat(world.provider.orders.values().stream().mapToLong(order -> order.refunded().minor()).sum()).isEqualTo(paid);
        world.assertBalanced();
    }

    @Test
    void upgradeThatIsOnItsWayBackGivesNoCreditOfWhatItHadAsCreditItself() {
        Payment pro = buy("pro");
        Payment enterprise = buy("enterprise");
        world.provider.refundsWait = true;
        refund(enterprise);
        assertThat(process.find(enterprise).state()).isEqualTo(State.PAID);

        assertThat(quote("ultimate").credit()).isEmpty();
        buy("ultimate");
        world.provider.refundsWait = false;
        process.pass(Duration.ofDays(1), Duration.ofMinutes(30));

        assertThat(process.find(enterprise).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("ultimate");
        refund(pro);
        assertThat(process.find(pro).state()).as("it is in nothing any more").isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("ultimate");
        world.assertBalanced();
    }
}
