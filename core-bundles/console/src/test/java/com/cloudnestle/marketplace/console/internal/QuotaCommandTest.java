package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Subject;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaCommandTest {

    private final Bench bench = new Bench();

    private static QuotaCommand quota(String who, String solution) {
        QuotaCommand command = new QuotaCommand();
        command.who = who;
        command.solution = solution;
        return command;
    }

    private void use(Subject subject, String solution, String action, long units) {
        bench.quota.decide(AccessRequest.one(subject, solution, action).withUnits(units));
    }

    @Test
    void showsEveryMeterAndWindow() {
        Customer ann = bench.entitled("doc-tools", "registered");
        use(new Subject.User(ann.id()), "doc-tools", "ocr", 4);

        JsonNode answer = bench.json(quota(Bench.ANN, "doc-tools"));

        assertThat(answer.get("meters").valueStream().map(m -> m.get("action").asText())).containsExactly("page", "ocr");
        JsonNode window = answer.get("meters").get(1).get("windows").get(0);
        assertThat(window.get("window").asText()).isEqualTo("day");
        assertThat(window.get("limit").asLong()).isEqualTo(10);
        assertThat(window.get("used").asLong()).isEqualTo(4);
        assertThat(window.get("remaining").asLong()).isEqualTo(6);
        assertThat(window.get("resets_at").asText()).isEqualTo("2026-11-21T00:00:00Z");
    }

    @Test
    void saysUnlimitedInWords() {
        bench.entitled("word-count", "pro");

        assertThat(bench.json(quota(Bench.ANN, "wc")).get("meters").get(0).get("windows").get(0).get("limit").asLong())
                .isEqualTo(-1);
        assertThat(bench.text(quota(Bench.ANN, "wc"))).contains("unlimited");
    }

    @Test
    void showsTheLastFourteenDays() {
        Subject ann = new Subject.User(bench.entitled("word-count", "pro").id());
        use(ann, "word-count", "count", 5);
        bench.clock.advance(Duration.ofDays(1));
        use(ann, "word-count", "count", 10);
        bench.clock.advance(Duration.ofDays(13));

        JsonNode usage = bench.json(quota(Bench.ANN, "wc")).get("usage");

        assertThat(usage).hasSize(14);
        assertThat(usage.get(0).get("day").asText()).isEqualTo("2026-11-21");
        assertThat(usage.get(0).get("units").get("count").asLong()).isEqualTo(10);
        assertThat(usage.get(13).get("units")).isEmpty();
    }

    @Test
    void resetsOnlyWhenAsked() {
        Subject ann = new Subject.User(bench.entitled("word-count", "registered").id());
        use(ann, "word-count", "count", 5);
        QuotaCommand reset = quota(Bench.ANN, "wc");
        assertThat(bench.json(reset).get("reset").asBoolean(true)).isFalse();
        assertThat(bench.quota.state(ann, "word-count", "count").remaining()).isEqualTo(5);

        reset.reset = true;

        assertThat(bench.json(reset).get("meters").get(0).get("windows").get(0).get("used").asLong()).isZero();
        assertThat(bench.quota.state(ann, "word-count", "count").remaining()).isEqualTo(10);
    }

    @Test
    void showsVisitors() {
        use(new Subject.Visitor("anon_1"), "word-count", "count", 2);

        JsonNode answer = bench.json(quota("anon_1", "wc"));

        assertThat(answer.get("meters").get(0).get("tier").asText()).isEqualTo("anonymous");
        assertThat(answer.get("meters").get(0).get("windows").get(0).get("remaining").asLong()).isEqualTo(1);
        assertThat(answer.get("meters").get(0).get("windows").get(0).get("resets_at").isNull()).isTrue();
    }

    @Test
    void refusesWhoOrWhatIsNotKnown() {
        bench.customers.findOrCreate(Bench.ANN);
        assertThat(bench.refusal(quota(Bench.ANN, "nope"))).hasMessageContaining("no such solution");
        assertThat(bench.refusal(quota("eve@example.com", "wc"))).hasMessageContaining("no customer eve@example.com");
        assertThat(bench.refusal(quota("x", "wc"))).hasMessageContaining("not an e-mail address");
        assertThat(bench.refusal(quota(Bench.ANN, "wc"))).hasMessageContaining("no access");
    }

    @Test
    void drawsTheBusiestDayLongestAndNoUseAsNoBar() {
        LocalDate day = LocalDate.parse("2026-11-20");

        List<String> chart = RecentUsage.chart(List.of(
                new RecentUsage.Day(day, Map.of("a", Long.MAX_VALUE)),
                new RecentUsage.Day(day, Map.of("a", 1L)),
                new RecentUsage.Day(day, Map.of())));

        assertThat(chart).containsExactly(
                "2026-11-20  " + "#".repeat(40) + " " + Long.MAX_VALUE, "2026-11-20  # 1", "2026-11-20  0");
    }
}
