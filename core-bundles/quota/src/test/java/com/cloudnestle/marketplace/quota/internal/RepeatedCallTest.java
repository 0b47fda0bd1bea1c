package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a call costs that is made twice, or whose work was not done. */
class RepeatedCallTest {

    private final QuotaFixture fix = new QuotaFixture();

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Nested
    class Idempotency {

        @Test
        void theSameKeyNeverTakesTwice() {
            fix.tier("registered");
            AccessRequest request = fix.request(fix.ann, 4).withIdempotencyKey("order-1");

            Allowed first = (Allowed) fix.quotas.decide(request);
            Allowed again = (Allowed) fix.quotas.decide(request);

            assertThat(first.replayed()).isFalse();
            assertThat(again.replayed()).isTrue();
            assertThat(again.receipt()).isEmpty();
            assertThat(again.state().remaining()).isEqualTo(6);
        }

        @Test
        void aReplayIsAllowedAlsoWhenNothingIsLeft() {
            fix.tier("registered");
            AccessRequest last = fix.request(fix.ann, 10).withIdempotencyKey("order-1");
            fix.quotas.decide(last);

            assertThat(fix.quotas.decide(last)).isInstanceOf(Allowed.class);
            assertThat(fix.take(fix.ann)).isInstanceOf(Denied.class);
        }

        @Test
        void aRefusalDoesNotUseUpTheKey() {
            fix.tier("registered");
            fix.allowed(fix.ann, 10);
            AccessRequest request = fix.request(fix.ann, 1).withIdempotencyKey("later");
            assertThat(fix.quotas.decide(request)).isInstanceOf(Denied.class);
            fix.clock.advance(Duration.ofDays(1));

            Allowed allowed = (Allowed) fix.quotas.decide(request);

            assertThat(allowed.replayed()).isFalse();
            assertThat(allowed.state().remaining()).isEqualTo(9);
        }

        @Test
        void refusesAKeyThatComesWithOtherUnitsOrAnotherAction() {
            fix.tier("registered");
            fix.quotas.decide(fix.request(fix.ann, 1).withIdempotencyKey("k"));

            refused(Problem.IDEMPOTENCY_KEY_REUSED,
                    () -> fix.quotas.decide(fix.request(fix.ann, 2).withIdempotencyKey("k")));
            refused(Problem.IDEMPOTENCY_KEY_REUSED,
                    () -> fix.quotas.decide(AccessRequest.one(fix.ann, SOLUTION, "export").withIdempotencyKey("k")));
            assertThat(fix.remaining(fix.ann)).isEqualTo(9);
        }

        @Test
        void aKeyIsFreeAgainAfterADay() {
            fix.tier("registered");
            AccessRequest request = fix.request(fix.ann, 1).withIdempotencyKey("k");
            fix.quotas.decide(request);
            fix.clock.advance(Duration.ofHours(24));

            assertThat(((Allowed) fix.quotas.decide(request)).replayed()).isFalse();
            assertThat(((Allowed) fix.quotas.decide(request)).replayed()).isTrue();
        }
    }

    @Nested
    class GivingBack {

        @Test
        void returnsTheUnitsOnceAndFreesTheKey() {
            fix.tier("registered");
            fix.quotas.decide(fix.request(fix.ann, 5));
            AccessRequest request = fix.request(fix.ann, 4).withIdempotencyKey("k");
            Allowed allowed = (Allowed) fix.quotas.decide(request);

            fix.quotas.giveBack(allowed.receipt().orElseThrow());
            fix.quotas.giveBack(allowed.receipt().orElseThrow());

            assertThat(fix.remaining(fix.ann)).isEqualTo(5);
            assertThat(((Allowed) fix.quotas.decide(request)).replayed()).isFalse();
        }

        @Test
        void givesTheNewDayNothingForTheOldOne() {
            fix.tier("registered");
            Allowed yesterday = (Allowed) fix.take(fix.ann);
            fix.clock.advance(Duration.ofDays(1));
            fix.allowed(fix.ann, 5);

            fix.quotas.giveBack(yesterday.receipt().orElseThrow());

            assertThat(fix.remaining(fix.ann)).isEqualTo(5);
        }

        @Test
        void leavesAResetCounterAlone() {
            fix.tier("registered");
            Allowed allowed = (Allowed) fix.take(fix.ann);
            fix.quotas.reset(fix.ann, SOLUTION, "admin");

            fix.quotas.giveBack(allowed.receipt().orElseThrow());

            assertThat(fix.remaining(fix.ann)).isEqualTo(10);
        }
    }
}
