package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaListener;
import com.cloudnestle.marketplace.quota.QuotaListener.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

    private final List<Warning> told = new ArrayList<>();
    private final List<QuotaListener> listeners = List.of(told::add);

    private static QuotaFixture fixture(QuotaSettings settings, boolean shared, TierPlan registered) {
        QuotaFixture fixture = new QuotaFixture(settings, shared);
        fixture.publish(TierPlan.of("anonymous", QuotaFixture.perDay(10)), registered);
        fixture.entitlements.grant(fixture.ann.customerId(), QuotaFixture.SOLUTION, "registered", "test");
        return fixture;
    }

    private static QuotaFixture daily(long limit) {
        return fixture(QuotaSettings.defaults(), false, TierPlan.of("registered", QuotaFixture.perDay(limit)));
    }

    @ParameterizedTest
    @CsvSource({"5,4", "7,6", "10,8", "12,10", "1000,800", "1000000000000000,800000000000000", "4,-1", "1,-1", "0,-1", "-1,-1"})
    void beginAtFourFifthsWhereThatLeavesWholeUnits(long limit, long threshold) {
        assertThat(Warnings.threshold(limit)).isEqualTo(threshold);
    }

    @Test
    void comeOnceForEachWindow() {
        QuotaFixture fixture = daily(10);
        fixture.allowed(fixture.ann, 7);
        fixture.quotas.warn(listeners);
        assertThat(told).isEmpty();

        for (int i = 0; i < 5; i++) {
            fixture.take(fixture.ann);
            fixture.quotas.warn(listeners);
        }
        assertThat(told).hasSize(1);
        Warning warning = told.get(0);
        assertThat(warning.customerId()).isEqualTo(fixture.ann.customerId());
        assertThat(warning.tier()).isEqualTo("registered");
        assertThat(warning.window().used()).isEqualTo(8);
        assertThat(warning.windowStart()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));

        fixture.clock.advance(Duration.ofDays(1));
        fixture.allowed(fixture.ann, 10);
        fixture.quotas.warn(listeners);
        assertThat(told).extracting(Warning::windowStart)
                .containsExactly(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));
    }

    @Test
    void areExactWhereUnitsAreTakenInBlocks() {
        QuotaFixture fixture = daily(1_000);
        int allowed = 0;
        while (told.isEmpty() && allowed < 1_000) {
            allowed += fixture.allowed(fixture.ann, 1);
            fixture.quotas.warn(listeners);
        }

        assertThat(fixture.quotas.metrics().blocksTaken()).as("counted ahead").isLessThan(100);
        assertThat(allowed).isEqualTo(800);
        assertThat(told.get(0).window().used()).isEqualTo(800);

        fixture.allowed(fixture.ann, 500);
        fixture.quotas.warn(listeners);
        assertThat(told).hasSize(1);
    }

    @Test
    void areExactAlsoAfterUnitsWereSetAsideBesideABlock() {
        QuotaFixture fixture = daily(1_000);
        QuotaEngine other = fixture.over(fixture.store);
        while (other.state(fixture.ann, QuotaFixture.SOLUTION, QuotaFixture.SEARCH).remaining() > 200) {
            fixture.take(fixture.ann); // until this node has a block at hand that reaches beyond four fifths
        }
        FixedWindowQuotaService.of(fixture.quotas).reserve(fixture.request(fixture.ann, 2), Duration.ofMinutes(5));
        assertThat(fixture.remaining(fixture.ann)).isGreaterThan(202);

        for (int i = 0; told.isEmpty() && i < 1_000; i++) {
            fixture.take(fixture.ann);
            fixture.quotas.warn(listeners);
        }

        assertThat(told).extracting(warning -> warning.window().used()).containsExactly(800L);
    }

    @Test
    void ofSeveralNodesAreNeverLateAndEarlyByWhatOthersHaveAtHandAtMost() {
        QuotaFixture fixture = fixture(QuotaSettings.defaults(), true, TierPlan.of("registered", QuotaFixture.perDay(1_000)));
        fixture.running = 3;
        List<QuotaEngine> nodes = List.of(
                fixture.over(new NodeStore(fixture.store)), fixture.over(new NodeStore(fixture.store)), fixture.over(new NodeStore(fixture.store)));
        int allowed = 0;
        while (told.isEmpty() && allowed < 1_000) {
            QuotaEngine node = nodes.get(allowed * 7 % 3);
            allowed += node.decide(fixture.request(fixture.ann, 1)) instanceof Decision.Allowed ? 1 : 0;
            nodes.forEach(each -> each.warn(listeners));
        }

        assertThat(allowed).isLessThanOrEqualTo(800);
        assertThat(800 - allowed).as("an eighth of the limit, shared by three, is what a node takes at most")
                .isLessThanOrEqualTo(2 * 1_000 / (8 * 3));
    }

    @Test
    void comeForEachOfSeveralLimits() {
        QuotaFixture fixture = fixture(QuotaSettings.defaults(), false,
                TierPlan.of("registered", QuotaFixture.perDay(10), QuotaFixture.forLife(12)));
        for (int i = 0; i < 10; i++) {
            fixture.take(fixture.ann);
            fixture.quotas.warn(listeners);
        }

        assertThat(told).extracting(warning -> warning.window().window() + " " + warning.window().used())
                .containsExactly("day 8", "lifetime 10");
    }

    @Test
    void areNotForVisitors() {
        QuotaFixture fixture = daily(10);
        fixture.allowed(fixture.visitor, 10);

        fixture.quotas.warn(listeners);

        assertThat(told).isEmpty();
    }

    @Test
    void comeForUnitsSetAside() {
        QuotaFixture fixture = daily(10);
        FixedWindowQuotaService.of(fixture.quotas).reserve(fixture.request(fixture.ann, 8), Duration.ofMinutes(5));

        fixture.quotas.warn(listeners);

        assertThat(told).extracting(warning -> warning.window().used()).containsExactly(8L);
    }

    @Test
    void areRepeatedUntilTheyAreTakenAndThenNoMore() {
        QuotaFixture fixture = daily(10);
        fixture.allowed(fixture.ann, 8);
        int[] refusals = {2};
        List<QuotaListener> failing = List.of(warning -> {
            if (refusals[0]-- > 0) {
                throw new IllegalStateException("no mail can be accepted");
            }
            told.add(warning);
        });

        for (int i = 0; i < 5; i++) {
            fixture.quotas.warn(failing);
            fixture.take(fixture.ann);
        }

        assertThat(told).hasSize(1);
    }

    @Test
    void waitForSomebodyWhoListens() {
        QuotaFixture fixture = daily(10);
        fixture.allowed(fixture.ann, 10);
        fixture.quotas.warn(List.of());

        fixture.quotas.warn(listeners);

        assertThat(told).hasSize(1);
    }

    @Test
    void comeAgainFromAProcessThatStartsAnew() {
        QuotaFixture fixture = daily(10);
        fixture.allowed(fixture.ann, 8);

        QuotaEngine next = fixture.over(fixture.store);
        next.decide(fixture.request(fixture.ann, 1));
        next.warn(listeners);

        assertThat(told).extracting(warning -> warning.window().used()).containsExactly(9L);
    }

    @Test
    void comeForTheNewLimitAfterAnUpgrade() {
        QuotaFixture fixture = fixture(QuotaSettings.defaults(), false, TierPlan.of("registered", QuotaFixture.perDay(10)));
        fixture.publish(TierPlan.of("anonymous", QuotaFixture.perDay(10)), TierPlan.of("registered", QuotaFixture.perDay(10)),
                TierPlan.of("pro", QuotaFixture.perDay(20)));
        fixture.allowed(fixture.ann, 8);
        fixture.quotas.warn(listeners);
        fixture.tier("pro");
        fixture.allowed(fixture.ann, 20);
        fixture.quotas.warn(listeners);

        assertThat(told).extracting(warning -> warning.window().limit()).containsExactly(10L, 20L);
    }
}
