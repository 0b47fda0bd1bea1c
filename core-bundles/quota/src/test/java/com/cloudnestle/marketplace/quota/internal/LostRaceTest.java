package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another caller does between our look and our write. */
class LostRaceTest {

    private final QuotaFixture fix = new QuotaFixture(QuotaSettings.defaults(), true);

    @BeforeEach
    void registered() {
        fix.tier("registered");
    }

    private QuotaEngine overtakenBy(Runnable other) {
        ContestedStore store = new ContestedStore(fix.store);
        store.beforeNextWrite(other);
        return fix.over(store);
    }

    @Test
    void theSameKeyUsedMeanwhileIsAReplay() {
        fix.take(fix.ann); // so that the counter itself has no reason to refuse
        AccessRequest request = fix.request(fix.ann, 1).withIdempotencyKey("k");

        Allowed decision = (Allowed) overtakenBy(() -> fix.quotas.decide(request)).decide(request);

        assertThat(decision.replayed()).isTrue();
        assertThat(fix.remaining(fix.ann)).isEqualTo(8);
    }

    @Test
    void theLastUnitTakenMeanwhileIsRefused() {
        fix.allowed(fix.ann, 9);

        assertThat(overtakenBy(() -> fix.take(fix.ann)).decide(fix.request(fix.ann, 1))).isInstanceOf(Denied.class);
        assertThat(fix.remaining(fix.ann)).isZero();
    }

    @Test
    void aFirstUseMeanwhileIsNotOverwritten() {
        assertThat(overtakenBy(() -> fix.allowed(fix.ann, 3)).decide(fix.request(fix.ann, 1))).isInstanceOf(Allowed.class);
        assertThat(fix.remaining(fix.ann)).isEqualTo(6);
    }

    @Test
    void aNewDayOpenedMeanwhileIsNotOpenedTwice() {
        fix.allowed(fix.ann, 10);
        fix.clock.advance(Duration.ofDays(1));

        assertThat(overtakenBy(() -> fix.allowed(fix.ann, 10)).decide(fix.request(fix.ann, 1))).isInstanceOf(Denied.class);
        assertThat(fix.remaining(fix.ann)).isZero();
    }

    @Test
    void aTierChangeCountedMeanwhileIsNotCountedAsAnother() {
        fix.allowed(fix.ann, 10);
        fix.clock.advance(Duration.ofMillis(1));
        fix.tier("pro");
        fix.clock.advance(Duration.ofMillis(1));
        fix.tier("registered");

        overtakenBy(() -> fix.allowed(fix.ann, 9)).decide(fix.request(fix.ann, 1));

        assertThat(fix.remaining(fix.ann)).isZero();
    }

    @Test
    void aCallUnderTheOldTierDoesNotSetTheNewOnesCounterBack() {
        fix.tier("pro");
        fix.take(fix.ann);

        QuotaEngine overtaken = overtakenBy(() -> {
            fix.clock.advance(Duration.ofMillis(1));
            fix.tier("registered");
            assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);
        });

        assertThat(overtaken.decide(fix.request(fix.ann, 1))).isInstanceOf(Denied.class);
        assertThat(fix.allowed(fix.ann, 12)).isZero();
    }

    @Test
    void unitsTakenBeforeAResetAreNotGivenBackToTheNewCounter() {
        Allowed failing = (Allowed) fix.take(fix.ann);
        fix.quotas.reset(fix.ann, QuotaFixture.SOLUTION, "admin");
        assertThat(fix.allowed(fix.ann, 12)).isEqualTo(10);

        fix.quotas.giveBack(failing.receipt().orElseThrow());

        assertThat(fix.allowed(fix.ann, 1)).isZero();
    }

    @Test
    void unitsOfTheOldTierAreNotGivenBackToTheNewOne() {
        fix.publish(TierPlan.of("registered", QuotaFixture.perDay(10)), TierPlan.of("plus", QuotaFixture.perDay(20)));
        List<Allowed> failing = List.of((Allowed) fix.take(fix.ann), (Allowed) fix.take(fix.ann));
        fix.clock.advance(Duration.ofMillis(1));
        fix.tier("plus");
        assertThat(fix.allowed(fix.ann, 30)).isEqualTo(20);

        failing.forEach(call -> fix.quotas.giveBack(call.receipt().orElseThrow()));

        assertThat(fix.allowed(fix.ann, 5)).isZero();
    }

    @Test
    void unitsComeBackAlsoWhenTheJournalHasForgottenTheDay() {
        Allowed failing = (Allowed) fix.take(fix.ann);
        fix.store.delete(
                new Key(Table.USAGE, "usage#" + fix.ann.key() + "#2026-11", "2026-11-20#finder#search"), Condition.NONE);

        fix.quotas.giveBack(failing.receipt().orElseThrow());

        assertThat(fix.remaining(fix.ann)).isEqualTo(10);
    }
}
