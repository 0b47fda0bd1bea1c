package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SEARCH;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private final QuotaFixture fix = new QuotaFixture();

    private static void refused(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Nested
    class ShippedTiers {

        @Test
        void aVisitorHasThreeForLifeAndIsSentToRegister() {
            assertThat(fix.allowed(fix.visitor, 5)).isEqualTo(3);
            fix.clock.advance(Duration.ofDays(300));

            Denied denied = (Denied) fix.take(fix.visitor);

            assertThat(denied.reason()).isEqualTo(DenialReason.LIFETIME_LIMIT);
            assertThat(denied.upgradeUrl()).contains("/register?solution_id=finder");
            assertThat(denied.message())
                    .isEqualTo("You have used your 3 free searches. Register for 10 searches a day.");
            assertThat(denied.state().binding().orElseThrow().used()).isEqualTo(3);
        }

        @Test
        void aRegisteredCustomerHasTenADayAndIsSentToUpgrade() {
            fix.tier("registered");

            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);
            Denied denied = (Denied) fix.take(fix.ann);

            assertThat(denied.reason()).isEqualTo(DenialReason.DAILY_LIMIT);
            assertThat(denied.upgradeUrl()).contains("/upgrade?solution_id=finder");
            assertThat(denied.message()).isEqualTo("You have used all 10 searches of today. Upgrade to pro for unlimited searches.");
            assertThat(denied.state().binding().orElseThrow().resetsAt()).contains(Instant.parse("2026-11-21T00:00:00Z"));
            fix.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);
        }

        @Test
        void proIsUnlimitedAndStillCounted() {
            fix.tier("pro");

            assertThat(fix.allowed(fix.ann, 50)).isEqualTo(50);
            assertThat(fix.remaining(fix.ann)).isEqualTo(-1);
            assertThat(fix.quotas.state(fix.ann, SOLUTION, SEARCH).binding().orElseThrow().used()).isEqualTo(50);
        }

        @Test
        void tenCallsOrFifteenDaysEndsWithWhicheverComesFirst() {
            fix.publish(TierPlan.of("anonymous", forLife(10)).validFor(15));

            assertThat(fix.allowed(fix.visitor, 4)).isEqualTo(4);
            fix.clock.advance(Duration.ofDays(15).minusSeconds(1));
            assertThat(fix.take(fix.visitor)).isInstanceOf(Allowed.class);
            fix.clock.advance(Duration.ofSeconds(1));
            assertThat(((Denied) fix.take(fix.visitor)).reason()).isEqualTo(DenialReason.VALIDITY_ENDED);

            Subject other = new Subject.Visitor("anon_other");
            assertThat(fix.allowed(other, 12)).isEqualTo(10);
        }

        @Test
        void theValidityOfACustomerRunsFromTheTierChange() {
            fix.publish(TierPlan.of("registered", forLife(100)).validFor(30), TierPlan.of("pro", forLife(-1)));
            fix.tier("registered");
            fix.clock.advance(Duration.ofDays(30));

            assertThat(((Denied) fix.take(fix.ann)).reason()).isEqualTo(DenialReason.VALIDITY_ENDED);
            fix.tier("pro");
            assertThat(fix.take(fix.ann)).isInstanceOf(Allowed.class);
        }
    }

    @Nested
    class Counting {

        @Test
        void remainingIsTheValueAfterTheCallAndUnchangedByACheck() {
            fix.tier("registered");

            assertThat(fix.take(fix.ann).state().remaining()).isEqualTo(9);
            Decision check = fix.quotas.decide(fix.request(fix.ann, 1).onlyChecking());
            assertThat(check.state().remaining()).isEqualTo(9);
            assertThat(((Allowed) check).receipt()).isEmpty();
            assertThat(fix.take(fix.ann).state().remaining()).isEqualTo(8);
        }

        @Test
        void takesNothingWhenOnlyPartIsLeft() {
            fix.tier("registered");
            fix.quotas.decide(fix.request(fix.ann, 8));

            Denied denied = (Denied) fix.quotas.decide(fix.request(fix.ann, 3));

            assertThat(denied.message()).startsWith("Only 2 of 10 searches of today are left. Upgrade to pro");
            assertThat(fix.remaining(fix.ann)).isEqualTo(2);
            assertThat(fix.quotas.decide(fix.request(fix.ann, 2))).isInstanceOf(Allowed.class);
        }

        @Test
        void metersOfOneSolutionCountSeparately() {
            fix.tier("registered");
            fix.allowed(fix.ann, 10);

            assertThat(fix.quotas.decide(AccessRequest.one(fix.ann, SOLUTION, "export"))).isInstanceOf(Allowed.class);
        }

        @Test
        void anAliasCountsOnTheSolutionItself() {
            fix.tier("registered");
            fix.quotas.decide(AccessRequest.one(fix.ann, "faiss", SEARCH));

            assertThat(fix.remaining(fix.ann)).isEqualTo(9);
        }

        @Test
        void severalLimitsOnOneActionAllHold() {
            fix.publish(TierPlan.of("registered", perDay(10), new Limit(SEARCH, new Window.Month(ZoneOffset.UTC), 15)));
            fix.tier("registered");

            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);
            fix.clock.advance(Duration.ofDays(1));
            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(5);
            assertThat(((Denied) fix.take(fix.ann)).reason()).isEqualTo(DenialReason.MONTHLY_LIMIT);
            fix.clock.advance(Duration.ofDays(30));
            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);
        }

        @Test
        void aDayInAnotherZoneTurnsAtItsOwnMidnight() {
            fix.publish(TierPlan.of("registered", new Limit(SEARCH, new Window.Day(ZoneId.of("Asia/Kolkata")), 1)));
            fix.tier("registered");
            assertThat(fix.allowed(fix.ann, 2)).isEqualTo(1);

            fix.clock.set(Instant.parse("2026-11-20T18:29:59Z"));
            assertThat(fix.allowed(fix.ann, 1)).isZero();
            fix.clock.set(Instant.parse("2026-11-20T18:30:00Z"));
            assertThat(fix.allowed(fix.ann, 2)).isEqualTo(1);
        }

        @Test
        void aClockThatGoesBackNeverOpensAnOldDayAgain() {
            fix.tier("registered");
            fix.allowed(fix.ann, 10);
            fix.clock.advance(Duration.ofDays(1));
            assertThat(fix.allowed(fix.ann, 4)).isEqualTo(4);

            fix.clock.advance(Duration.ofDays(-1));
            assertThat(fix.allowed(fix.ann, 10)).isEqualTo(6);
            fix.clock.advance(Duration.ofDays(-30));
            assertThat(fix.allowed(fix.ann, 10)).isZero();
            fix.clock.set(QuotaFixture.NOON.plus(Duration.ofDays(1)));
            assertThat(fix.allowed(fix.ann, 10)).isZero();
        }

        @Test
        void aLoweredLimitHoldsAtOnce() {
            fix.tier("registered");
            fix.allowed(fix.ann, 6);
            fix.publish(TierPlan.of("registered", perDay(5)));

            assertThat(fix.take(fix.ann)).isInstanceOf(Denied.class);
            assertThat(fix.remaining(fix.ann)).isZero();
        }

        @Test
        void visitorsAreForgottenAfterTheirRetention() {
            fix.allowed(fix.visitor, 3);
            fix.clock.advance(Duration.ofDays(401));

            assertThat(fix.allowed(fix.visitor, 5)).isEqualTo(3);
        }
    }

    @Nested
    class TierChanges {

        @Test
        void countingBeginsAnewOnEveryChange() {
            fix.publish(TierPlan.of("registered", perDay(10)), TierPlan.of("plus", perDay(20)));
            fix.tier("registered");
            fix.allowed(fix.ann, 10);
            fix.clock.advance(Duration.ofMillis(1));
            fix.tier("plus");

            assertThat(fix.allowed(fix.ann, 30)).isEqualTo(20);
        }

        @Test
        void aConfiguredPairKeepsWhatWasUsed() {
            QuotaFixture keeping = new QuotaFixture("registered>plus");
            keeping.publish(TierPlan.of("registered", perDay(10)), TierPlan.of("plus", perDay(20)));
            keeping.tier("registered");
            keeping.allowed(keeping.ann, 10);
            keeping.clock.advance(Duration.ofMillis(1));
            keeping.tier("plus");

            assertThat(keeping.allowed(keeping.ann, 30)).isEqualTo(10);
        }

        @Test
        void aMalformedPairIsRefusedAtStart() {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ResetRule(java.util.Set.of("registered-pro")))
                    .withMessageContaining("from>to");
        }

        @Test
        void resetGivesEverythingBackAndIsAudited() {
            fix.tier("registered");
            fix.allowed(fix.ann, 10);

            fix.quotas.reset(fix.ann, "faiss", "admin");

            assertThat(fix.remaining(fix.ann)).isEqualTo(10);
            assertThat(fix.audit.events()).contains("quota.reset");
        }
    }

    @Nested
    class Strangers {

        @Test
        void refusesUnknownSolutionActionAndCustomer() {
            fix.tier("registered");
            refused(Problem.SOLUTION_UNKNOWN, () -> fix.quotas.decide(AccessRequest.one(fix.ann, "nothing", SEARCH)));
            refused(Problem.ACTION_UNKNOWN, () -> fix.quotas.decide(AccessRequest.one(fix.ann, SOLUTION, "fly")));
            refused(Problem.ENTITLEMENT_UNKNOWN, () -> fix.take(new Subject.User("cus_stranger")));
        }

        @Test
        void refusesSuspendedCustomersAndWithdrawnSolutionsButKeepsTheirCounters() {
            fix.tier("registered");
            fix.take(fix.ann);
            fix.entitlements.setStatus(fix.ann.customerId(), SOLUTION, Entitlement.Status.SUSPENDED, "test");
            refused(Problem.ENTITLEMENT_SUSPENDED, () -> fix.take(fix.ann));
            fix.entitlements.setStatus(fix.ann.customerId(), SOLUTION, Entitlement.Status.ACTIVE, "test");
            fix.catalog.withdraw(SOLUTION);
            refused(Problem.SOLUTION_UNAVAILABLE, () -> fix.take(fix.ann));

            assertThat(fix.remaining(fix.ann)).isEqualTo(9);
        }

        @Test
        void aVisitorIsSentToRegisterWhereNothingIsFree() {
            fix.publish(TierPlan.of("registered", perDay(10)));

            Denied denied = (Denied) fix.take(fix.visitor);

            assertThat(denied.reason()).isEqualTo(DenialReason.REGISTRATION_REQUIRED);
            assertThat(denied.upgradeUrl()).contains("/register?solution_id=finder");
        }

        @Test
        void anActionOutsideTheTierIsRefusedWithTheWayUp() {
            fix.publish(
                    TierPlan.of("registered", perDay(10)),
                    TierPlan.of("pro", perDay(10), new Limit("export", new Window.Lifetime(), -1)));
            fix.tier("registered");

            Denied denied = (Denied) fix.quotas.decide(AccessRequest.one(fix.ann, SOLUTION, "export"));

            assertThat(denied.reason()).isEqualTo(DenialReason.NOT_IN_TIER);
            assertThat(denied.message()).contains("Upgrade to pro for unlimited pages.");
        }

        @Test
        void aReceiptOfSomebodyElseIsABug() {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> fix.quotas.giveBack(new Decision.Receipt() {}));
        }
    }
}
