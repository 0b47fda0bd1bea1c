package com.cloudnestle.marketplace.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotaAnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");

    private static final WindowState DAY = new WindowState("day", 10, 3, Optional.of(MIDNIGHT));
    private static final WindowState DAY_SPENT = new WindowState("day", 10, 10, Optional.of(MIDNIGHT));
    private static final WindowState MONTH = new WindowState("month", 100, 40, Optional.of(MONTH_END));
    private static final WindowState MONTH_SPENT = new WindowState("month", 100, 100, Optional.of(MONTH_END));
    private static final WindowState LIFETIME_SPENT = new WindowState("lifetime", 3, 3, Optional.empty());
    private static final WindowState UNLIMITED = new WindowState("day", Limit.UNLIMITED, 42, Optional.of(MIDNIGHT));

    @Test
    void tellsWhatIsLeftAndWhenItComesBack() {
        assertThat(QuotaAnswers.headers(state("registered", DAY), NOW)).containsExactly(
                entry("RateLimit-Policy", "\"day\";q=10;w=86400"),
                entry("RateLimit", "\"day\";r=7;t=7200"),
                entry("X-Marketplace-Solution", "word-count"),
                entry("X-Marketplace-Tier", "registered"),
                entry("X-Marketplace-Quota-Limit", "10"),
                entry("X-Marketplace-Quota-Used", "3"),
                entry("X-Marketplace-Quota-Remaining", "7"));
    }

    @Test
    void listsEveryFiniteWindowAndCountsTheTightest() {
        WindowState period = new WindowState("days-30", 50, 49, Optional.of(MONTH_END));

        var headers = QuotaAnswers.headers(state("registered", MONTH, period, LIFETIME_SPENT), NOW);

        assertThat(headers).containsEntry("RateLimit-Policy", "\"month\";q=100, \"days-30\";q=50;w=2592000, \"lifetime\";q=3")
                .containsEntry("RateLimit", "\"month\";r=60;t=871200, \"days-30\";r=1;t=871200, \"lifetime\";r=0")
                .containsEntry("X-Marketplace-Quota-Remaining", "0")
                .containsEntry("X-Marketplace-Quota-Limit", "3");
    }

    @Test
    void showsMinusOneAndNoRateLimitWhenUnlimited() {
        assertThat(QuotaAnswers.headers(state("pro", UNLIMITED), NOW))
                .doesNotContainKeys("RateLimit", "RateLimit-Policy")
                .containsEntry("X-Marketplace-Quota-Limit", "-1")
                .containsEntry("X-Marketplace-Quota-Used", "42")
                .containsEntry("X-Marketplace-Quota-Remaining", "-1");
    }

    @Test
    void showsZeroWhenTheTierDoesNotIncludeTheAction() {
        assertThat(QuotaAnswers.headers(state("registered"), NOW))
                .doesNotContainKeys("RateLimit", "RateLimit-Policy")
                .containsEntry("X-Marketplace-Quota-Remaining", "0");
    }

    @Test
    void keepsFieldIntegersWithinFifteenDigits() {
        WindowState huge = new WindowState("lifetime", Limit.MAX_AMOUNT, 0, Optional.empty());

        assertThat(QuotaAnswers.headers(state("pro", huge), NOW))
                .containsEntry("RateLimit-Policy", "\"lifetime\";q=999999999999999")
                .containsEntry("X-Marketplace-Quota-Limit", "1000000000000000");
    }

    @Test
    void roundsTheWaitUpAndNeverTellsANegativeOne() {
        assertThat(QuotaAnswers.headers(state("registered", DAY), MIDNIGHT.minusMillis(1500)).get("RateLimit")).endsWith(";t=2");
        assertThat(QuotaAnswers.headers(state("registered", DAY), MIDNIGHT.plusSeconds(5)).get("RateLimit")).endsWith(";t=0");
    }

    @Test
    void refusalBeginsWithTheFiveDocumentedFields() {
        Decision.Denied denied = denied(DenialReason.DAILY_LIMIT, Optional.of("/upgrade?solution_id=word-count"), DAY_SPENT);

        assertThat(QuotaAnswers.deniedJson(denied, NOW)).isEqualTo("{\"error\":\"Quota exceeded\","
                + "\"reason\":\"daily_limit_exceeded\",\"limit\":10,\"used\":10,\"access_tier\":\"registered\","
                + "\"message\":\"Enough for today.\",\"upgrade_url\":\"/upgrade?solution_id=word-count\","
                + "\"solution_id\":\"word-count\",\"action\":\"count\",\"window\":\"day\",\"quota_remaining\":0,"
                + "\"resets_at\":\"2026-11-21T00:00:00Z\",\"retry_after\":7200}");
    }

    @Test
    void refusalSaysWhenToRetry() {
        Decision.Denied denied = denied(DenialReason.DAILY_LIMIT, Optional.empty(), DAY_SPENT, MONTH);

        assertThat(QuotaAnswers.deniedHeaders(denied, NOW)).containsEntry("Retry-After", "7200")
                .containsEntry("X-Marketplace-Quota-Used", "10");
    }

    @Test
    void waitsForTheLastExhaustedWindow() {
        Decision.Denied denied = denied(DenialReason.DAILY_LIMIT, Optional.empty(), DAY_SPENT, MONTH_SPENT);

        assertThat(QuotaAnswers.deniedHeaders(denied, NOW)).containsEntry("Retry-After", "871200");
    }

    @Test
    void promisesNoRetryWhenALifetimeIsSpent() {
        Decision.Denied denied = denied(DenialReason.LIFETIME_LIMIT, Optional.empty(), LIFETIME_SPENT, DAY_SPENT);

        assertThat(QuotaAnswers.deniedHeaders(denied, NOW)).doesNotContainKey("Retry-After");
        assertThat(QuotaAnswers.deniedJson(denied, NOW))
                .contains("\"limit\":3,\"used\":3")
                .doesNotContain("resets_at", "retry_after", "upgrade_url");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDITY_ENDED", "REGISTRATION_REQUIRED", "NOT_IN_TIER"})
    void promisesNoRetryWhenNoWindowRefused(DenialReason reason) {
        assertThat(QuotaAnswers.deniedHeaders(denied(reason, Optional.empty(), DAY_SPENT), NOW)).doesNotContainKey("Retry-After");
        assertThat(QuotaAnswers.deniedJson(denied(reason, Optional.empty()), NOW)).contains("\"limit\":0,\"used\":0");
    }

    @Test
    void showsTheWindowThatRefusedWhenOnlyPartIsLeft() {
        // 5 units asked for: the month has 2 left, the day has 1, and the quota service named the month
        WindowState day = new WindowState("day", 10, 9, Optional.of(MIDNIGHT));
        WindowState month = new WindowState("month", 100, 98, Optional.of(MONTH_END));

        assertThat(QuotaAnswers.deniedJson(denied(DenialReason.MONTHLY_LIMIT, Optional.empty(), day, month), NOW))
                .contains("\"limit\":100,\"used\":98", "\"window\":\"month\",\"quota_remaining\":2");
    }

    @Test
    void neverTellsToRetryAtOnce() {
        Decision.Denied denied = denied(DenialReason.DAILY_LIMIT, Optional.empty(), DAY_SPENT);

        assertThat(QuotaAnswers.deniedHeaders(denied, MIDNIGHT)).containsEntry("Retry-After", "1");
    }

    @Test
    void escapesTextForJson() {
        QuotaState state = state("registered", DAY_SPENT);
        Decision.Denied denied = new Decision.Denied(
                DenialReason.DAILY_LIMIT, state, "a\"b\\c\nd\u0001\u2028\ud800é", Optional.empty());

        assertThat(QuotaAnswers.deniedJson(denied, NOW))
                .contains("\"message\":\"a\\\"b\\\\c\\u000ad\\u0001\\u2028\\ud800é\"");
    }

    private static QuotaState state(String tier, WindowState... windows) {
        return new QuotaState("word-count", "count", tier, List.of(windows), Optional.empty());
    }

    private static Decision.Denied denied(DenialReason reason, Optional<String> upgradeUrl, WindowState... windows) {
        return new Decision.Denied(reason, state("registered", windows), "Enough for today.", upgradeUrl);
    }
}
