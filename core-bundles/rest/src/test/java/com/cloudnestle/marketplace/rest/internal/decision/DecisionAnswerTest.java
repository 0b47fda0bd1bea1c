package com.cloudnestle.marketplace.rest.internal.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionAnswerTest {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-11T00:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-04-01T00:00:00Z");
    private static final Decided.Who ADA = new Decided.Who(new Subject.User("usr_1"), "usr_1", "ada@example.com");

    private static String body(WindowState... windows) {
        return body(ADA, windows);
    }

    private static String body(Decided.Who who, WindowState... windows) {
        QuotaState state = new QuotaState("word-count", "count", "registered", List.of(windows), Optional.empty());
        Decided decided = new Decided(who, new Decision.Allowed(state, Optional.empty(), false));
        return new String(DecisionAnswer.of(decided, NOON).body(), StandardCharsets.UTF_8);
    }

    private static WindowState day(long limit, long used) {
        return new WindowState("day", limit, used, Optional.of(MIDNIGHT));
    }

    private static WindowState month(long limit, long used) {
        return new WindowState("month", limit, used, Optional.of(MONTH_END));
    }

    @Test
    void tellsEverythingInTheDocumentedOrder() {
        assertThat(body(day(10, 3))).isEqualTo("{\"allowed\":true,\"user_email\":\"ada@example.com\",\"solution_id\":\"word-count\","
                + "\"access_tier\":\"registered\",\"quota_remaining\":7,\"quota\":{\"daily_limit\":10,\"daily_used\":3,"
                + "\"unlimited\":false,\"window\":\"day\",\"limit\":10,\"used\":3,\"resets_at\":\"2026-03-11T00:00:00Z\"},"
                + "\"customer_id\":\"usr_1\",\"action\":\"count\",\"replayed\":false}");
    }

    @Test
    void showsTheWindowWithLeastLeftBesideTheDay() {
        assertThat(body(day(10, 3), month(100, 99))).contains("\"quota_remaining\":1,\"quota\":{\"daily_limit\":10,"
                + "\"daily_used\":3,\"unlimited\":false,\"window\":\"month\",\"limit\":100,\"used\":99,"
                + "\"resets_at\":\"2026-04-01T00:00:00Z\"}");
    }

    @Test
    void tellsEachWindowsOwnEndInTurn() {
        assertThat(List.of(body(day(10, 3)), body(month(10, 3)), body(day(10, 4))))
                .extracting(text -> text.replaceAll(".*\"resets_at\":\"([^\"]*)\".*", "$1"))
                .containsExactly("2026-03-11T00:00:00Z", "2026-04-01T00:00:00Z", "2026-03-11T00:00:00Z");
    }

    @Test
    void tellsNoEndOfALifetimeAndNobodysNameOfAVisitor() {
        Decided.Who visitor = new Decided.Who(new Subject.Visitor("anon_1"), null, null);

        assertThat(body(visitor, new WindowState("lifetime", 3, 1, Optional.empty())))
                .contains("\"user_email\":null,", "\"customer_id\":null,", "\"resets_at\":null}")
                .contains("\"daily_limit\":3,\"daily_used\":1,");
    }

    @Test
    void hasNoWindowWhereNothingLimits() {
        assertThat(body()).contains("\"quota_remaining\":0,\"quota\":{\"daily_limit\":0,\"daily_used\":0,\"unlimited\":false},");
    }
}
