package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another caller does between our look and our write. */
class LostRaceTest {

    private final QuotaFixture fix = new QuotaFixture();

    @BeforeEach
    void registered() {
        fix.tier("registered");
    }

    private FixedWindowQuotaService overtakenBy(Runnable other) {
        return fix.over(new OvertakenStore(fix.store, other));
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

        FixedWindowQuotaService overtaken = overtakenBy(() -> {
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

    /** Lets something else happen right before its first transaction. */
    private static final class OvertakenStore implements Store {
        private final Store store;
        private @Nullable Runnable other;

        OvertakenStore(Store store, Runnable other) {
            this.store = store;
            this.other = other;
        }

        @Override
        public TransactResult transact(List<Write> writes) {
            Runnable first = other;
            other = null;
            if (first != null) {
                first.run();
            }
            return store.transact(writes);
        }

        @Override
        public Optional<Item> get(Key key) {
            return store.get(key);
        }

        @Override
        public WriteResult write(Write write) {
            return store.write(write);
        }

        @Override
        public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
            return store.query(table, pk, prefix, reverse, limit, cursor);
        }

        @Override
        public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
            return store.index(table, g1, prefix, limit, cursor);
        }
    }
}
