package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payment.Term;
import com.cloudnestle.marketplace.payment.Payments.Holding;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is paid for by the month or year: it begins, is renewed and ends. The first is paid on 1 March at noon. */
class TermLifeTest {

    private static final Instant APRIL = Instant.parse("2026-04-01T12:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration STEP = Duration.ofHours(6);

    private final World world = new World();
    private final Process process = world.start();

    private Payment buy(String key) {
        return pay(process.initiate(key));
    }

    private Payment pay(Payment payment) {
        world.provider.pay(payment.id());
        process.verify(payment);
        return process.find(payment);
    }

    private void until(Instant moment) {
        process.pass(Duration.between(world.clock.instant(), moment), STEP);
    }

    private static void refused(ThrowingCallable call, String... says) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
            assertThat(e.getMessage()).contains(says);
        });
    }

    private void publish(UnaryOperator<TierPlan> pro) {
        SolutionDescriptor finder = World.finder(99_900);
        world.catalog.publish(finder.withTiers(finder.tiers().stream()
                .map(plan -> plan.tier().equals("pro") ? pro.apply(plan) : plan).toArray(TierPlan[]::new)));
    }

    @Test
    void monthEndsAMonthLaterAndTheCustomerIsRegisteredAgain() {
        Payment payment = buy("k");
        assertThat(payment.term()).contains(new Term(World.NOON, APRIL));
        assertThat(payment.paidAt()).contains(World.NOON);

        until(APRIL.minus(STEP));
        assertThat(world.tier()).isEqualTo("pro");
        until(APRIL);

        assertThat(world.tier()).isEqualTo("registered");
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.audited("payment.term-ended")).isEqualTo(1);
        assertThat(process.payments.holdings(world.ann)).isEmpty();
        world.assertBalanced();
    }

    @Test
    void yearLastsAYear() {
        publish(plan -> plan.priced(new Price(500_000, "INR", "year")));

        assertThat(buy("k").term()).contains(new Term(World.NOON, Instant.parse("2027-03-01T12:00:00Z")));
        refused(() -> process.initiate("early"), "1 March 2027, 17:30 (Asia/Kolkata)", "30 January 2027");
    }

    @Test
    void nodeThatSleptOverTheEndPutsItRight() {
        buy("k");
        world.clock.advance(Duration.ofDays(90));

        world.start().parts.worker.round();

        assertThat(world.tier()).isEqualTo("registered");
        assertThat(world.mailer.kinds()).as("a reminder is no use any more").containsExactly(Mail.Kind.TERM_ENDED);
    }

    @Test
    void whatIsBoughtOnceOrValidForSomeDaysHasNoTerm() {
        publish(plan -> plan.priced(new Price(99_900, "INR", "once")));
        assertThat(buy("a").term()).isEmpty();
        process.pass(Duration.ofDays(400), Duration.ofDays(5));
        assertThat(world.tier()).isEqualTo("pro");
        refused(() -> process.initiate("again"), "already");

        World other = new World();
        SolutionDescriptor finder = World.finder(99_900);
        other.catalog.publish(finder.withTiers(finder.tiers().stream()
                .map(plan -> plan.tier().equals("pro") ? plan.validFor(10) : plan).toArray(TierPlan[]::new)));
        Payment valid = other.start().initiate("k");
        other.provider.pay(valid.id());
        assertThat(other.start().verify(valid).term()).isEmpty();
        other.clock.advance(Duration.ofDays(11));
        assertThat(other.start().initiate("again").quote().startsAt()).as("bought anew when it is over").isEmpty();
    }

    @Test
    void paymentFromBeforeThereWereTermsLastsForEver() {
        Payment payment = buy("k");
        for (var key : List.of(Keys.owned(world.ann, World.FINDER), Keys.payment(payment.id()))) {
            Item item = world.data.get(key).orElseThrow();
            Map<String, Object> old = new HashMap<>(item.attributes());
            old.keySet().removeAll(Set.of("until", "term", "termFrom", "termUntil", "anchorDay"));
            world.data.put(new Item(key, old));
        }

        process.pass(Duration.ofDays(100), Duration.ofDays(1));

        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.mailer.mails()).isEmpty();
        assertThat(process.payments.holdings(world.ann)).isEmpty();
        refused(() -> process.initiate("again"), "already");
        assertThat(process.payments.quote(world.ann, World.FINDER, "enterprise", World.BUYER).credit()).isEmpty();
    }

    @Test
    void tierThatAnAdminGaveStaysWhenTheTermEnds() {
        buy("k");
        world.entitlements.changeTier(world.ann, World.FINDER, "enterprise", "admin");

        until(APRIL.plus(STEP));

        assertThat(world.tier()).isEqualTo("enterprise");
    }

    @Test
    void nextTermCanBeBoughtFromAWeekBeforeTheEndAndBeginsThere() {
        Payment first = buy("k");
        assertThat(process.payments.holdings(world.ann)).containsExactly(
                new Holding(World.FINDER, "pro", first.id(), APRIL, Instant.parse("2026-03-25T12:00:00Z")));
        refused(() -> process.initiate("early"), "paid for until 1 April 2026, 17:30 (Asia/Kolkata)", "from 25 March 2026, 17:30");
        refused(() -> process.payments.quote(world.ann, World.FINDER, "pro", World.BUYER), "paid for until 1 April");

        until(Instant.parse("2026-03-25T12:00:00Z"));
        Payment next = process.initiate("next");
        assertThat(next.quote().startsAt()).contains(APRIL);
        assertThat(process.initiate("next click").id()).isEqualTo(next.id());
        next = pay(next);

        assertThat(next.term()).contains(new Term(APRIL, MAY));
        assertThat(process.payments.holdings(world.ann)).containsExactly(
                new Holding(World.FINDER, "pro", first.id(), MAY, Instant.parse("2026-04-24T12:00:00Z")));
        until(APRIL.plus(Duration.ofDays(2)));
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audited("tier.changed")).as("nothing happened at the end").isEqualTo(1);
        assertThat(process.payments.holdings(world.ann)).extracting(Holding::paymentId).containsExactly(next.id());
        until(MAY.plus(STEP));
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    @Test
    void onlyOneTermCanBePaidAhead() {
        buy("k");
        until(Instant.parse("2026-03-30T12:00:00Z"));
        buy("next");

        refused(() -> process.initiate("third"), "until 1 May 2026, 17:30", "from 24 April 2026");
    }

    @Test
    void secondPaymentForTheSameTermGoesBack() {
        buy("k");
        until(Instant.parse("2026-03-30T12:00:00Z"));
        Payment one = process.initiate("one");
        world.catalog.publish(World.finder(50_000));
        Payment other = process.initiate("other");
        assertThat(other.id()).isNotEqualTo(one.id());

        assertThat(pay(one).state()).isEqualTo(State.PAID);
        assertThat(pay(other).state()).isEqualTo(State.REFUNDED);

        assertThat(process.find(other).failure()).isEqualTo("bought_twice");
        assertThat(process.find(other).term()).isEmpty();
        world.assertBalanced();
    }

    @Test
    void renewalThatIsPaidAfterTheEndBeginsWhenItIsPaid() {
        buy("k");
        world.clock.set(APRIL.minus(Duration.ofMinutes(5)));
        Payment next = process.initiate("next");
        world.clock.set(APRIL.plus(Duration.ofMinutes(5)));
        process.parts.worker.round();
        assertThat(world.tier()).isEqualTo("registered");

        next = pay(next);

        assertThat(next.term()).contains(new Term(APRIL.plus(Duration.ofMinutes(5)), MAY.plus(Duration.ofMinutes(5))));
        assertThat(world.tier()).isEqualTo("pro");
        world.assertBalanced();
    }

    @Test
    void sameTierCanBeBoughtAnewAfterTheEndWhetherItWasTakenYetOrNot() {
        buy("k");
        world.clock.set(APRIL); // no node has looked at its tasks yet
        assertThat(world.tier()).isEqualTo("pro");

        Payment anew = buy("anew");

        assertThat(anew.quote().startsAt()).isEmpty();
        assertThat(anew.term()).contains(new Term(APRIL, MAY));
        process.pass(Duration.ofDays(1), STEP);
        assertThat(world.tier()).as("the end of the first comes late").isEqualTo("pro");
        assertThat(world.mailer.kinds()).isEmpty();
        until(MAY.plus(STEP));
        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void renewalsKeepTheDayOfTheFirstTerm() {
        ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
        World january = new World(clock, new InMemoryStore(clock, true));
        Process node = january.start();
        for (String end : List.of("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31")) {
            Payment payment = node.initiate("until " + end);
            january.provider.pay(payment.id());
            Instant until = Instant.parse(end + "T12:00:00Z");
            assertThat(node.verify(payment).term().map(Term::until)).contains(until);
            node.pass(Duration.between(clock.instant(), until.minus(Duration.ofDays(5))), STEP);
            assertThat(january.tier()).isEqualTo("pro");
        }
    }

    @Test
    void renewalThatIsGivenBackLeavesThePresentTerm() {
        Payment first = buy("k");
        until(Instant.parse("2026-03-30T12:00:00Z"));
        Payment next = buy("next");

        process.payments.refund(next.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.holdings(world.ann)).singleElement().satisfies(holding -> {
            assertThat(holding.paymentId()).isEqualTo(first.id());
            assertThat(holding.until()).isEqualTo(APRIL);
        });
        until(APRIL.plus(STEP));
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    @Test
    void nextTermBeginsAtOnceWhenThePresentOneIsGivenBack() {
        Payment first = buy("k");
        until(Instant.parse("2026-03-30T12:00:00Z"));
        Payment next = buy("next");

        process.payments.refund(first.id(), Optional.empty(), "asked for", "r", "admin");

        Instant end = Instant.parse("2026-04-30T12:00:00Z");
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.find(next).term()).contains(new Term(Instant.parse("2026-03-30T12:00:00Z"), end));
        until(end.minus(STEP));
        assertThat(world.tier()).isEqualTo("pro");
        until(end);
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    @Test
    void customerIsRemindedThreeDaysBeforeAndToldAtTheEndInHisLanguage() {
        world.accounts.put(new Account(world.ann, world.customers.require(world.ann).email(), "Ann", "hi",
                Set.of(Account.Role.CUSTOMER), false, true, false, World.NOON));
        Payment payment = buy("k");
        until(Instant.parse("2026-03-29T06:00:00Z"));
        assertThat(world.mailer.mails()).isEmpty();

        until(Instant.parse("2026-03-29T12:00:00Z"));
        Mail ending = world.mailer.last(Mail.Kind.TERM_ENDING);
        assertThat(ending.to().value()).isEqualTo("ann@example.com");
        assertThat(ending.language()).isEqualTo("hi");
        assertThat(ending.values()).containsEntry("solution", "Finder").containsEntry("tier", "pro")
                .containsEntry("until", "1 अप्रैल 2026")
                .containsEntry("renew_link", "https://market.example/upgrade?solution_id=finder&tier=pro");
        assertThat(ending.key()).startsWith("TERM_ENDING:" + payment.id());

        until(APRIL.plus(STEP));
        assertThat(world.mailer.kinds()).containsExactly(Mail.Kind.TERM_ENDING, Mail.Kind.TERM_ENDED);
        assertThat(world.mailer.last(Mail.Kind.TERM_ENDED).values()).doesNotContainKey("until");
    }

    @Test
    void whoRenewedInTimeIsNotReminded() {
        buy("k");
        until(Instant.parse("2026-03-28T12:00:00Z"));
        buy("next");

        until(APRIL.plus(STEP));

        assertThat(world.mailer.mails()).isEmpty();
    }

    @Test
    void tierThatIsPaidForIsNotSoldAgainAlthoughAnAdminLoweredIt() {
        buy("k");
        world.entitlements.changeTier(world.ann, World.FINDER, "registered", "admin");

        refused(() -> process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", World.BUYER, null, null, "again")),
                "paid for until");
    }

    @Test
    void adminWhoLowersATierRightAfterThePaymentIsNotOverruledByTheBuyersReload() {
        Payment payment = buy("k");
        world.clock.advance(Duration.ofSeconds(20));
        world.entitlements.changeTier(world.ann, World.FINDER, "registered", "admin");

        process.verify(payment);
        process.payments.reconcile(payment.id(), "admin");

        assertThat(world.tier()).isEqualTo("registered");
    }

    @Test
    void manyTasksOfLaterDoNotHideWhatIsDue() {
        for (int i = 0; i < 300; i++) {
            Instant due = World.NOON.plus(Duration.ofDays(i % 40));
            world.data.put(Task.of(Task.Kind.TERM_REMINDER, "later" + i, due, Map.of()).item());
        }

        assertThat(new Tasks(world.data, world.clock).due()).hasSize(8);
        world.clock.advance(Duration.ofDays(20));
        assertThat(new Tasks(world.data, world.clock).due()).hasSizeBetween(150, 4 * 110)
                .isSortedAccordingTo(Comparator.comparing(Task::due));
    }
}
