package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.Entitlement.Status;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Payments.Holding;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhyCommandTest {

    private final Bench bench = new Bench();
    private Customer ann = bench.customers.findOrCreate(Bench.ANN);
    private String token = "";

    @BeforeEach
    void annHasAToken() {
        ann = bench.entitled("word-count", "registered");
        token = bench.tokens.issue(ann.id(), "word-count", "test").token();
    }

    private static WhyCommand why(@Nullable String who, @Nullable String solution) {
        WhyCommand command = new WhyCommand();
        command.who = who;
        command.solution = solution;
        return command;
    }

    private static List<String> failed(JsonNode report) {
        return report.get("steps").valueStream()
                .filter(step -> step.get("state").asText().equals("FAILED"))
                .map(step -> step.get("check").asText())
                .toList();
    }

    private static JsonNode verdict(JsonNode report) {
        return report.get("verdicts").get(0);
    }

    private void use(long units) {
        bench.quota.decide(AccessRequest.one(new Subject.User(ann.id()), "word-count", "count").withUnits(units));
    }

    @Test
    void saysAllowedAndTakesNothing() {
        use(9);

        JsonNode report = bench.json(why(token, null));

        assertThat(report.get("allowed").asBoolean()).isTrue();
        assertThat(failed(report)).isEmpty();
        assertThat(verdict(report).get("status").asInt()).isEqualTo(200);
        assertThat(bench.quota.state(new Subject.User(ann.id()), "word-count", "count").remaining()).isEqualTo(1);
    }

    /** What is paid for when a test says so: pro until a day. */
    private void paidFor(String tier) {
        bench.platform.payments = (Payments) Proxy.newProxyInstance(Payments.class.getClassLoader(), new Class<?>[] {Payments.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName() + arguments[0]).isEqualTo("holdings" + ann.id());
                    return List.of(new Holding("finder", "pro", "pay_9", Bench.NOON, Bench.NOON),
                            new Holding("word-count", tier, "pay_1", Bench.NOON.plus(Duration.ofDays(30)), Bench.NOON));
                });
    }

    @Test
    void saysUntilWhenTheTierIsPaidFor() {
        paidFor("registered");

        assertThat(bench.text(why(Bench.ANN, "word-count")))
                .contains("registered is paid for until " + Bench.NOON.plus(Duration.ofDays(30)) + " by pay_1").doesNotContain("pay_9", "and the tier is");
    }

    @Test
    void saysThatAnotherTierIsPaidForThanTheCustomerHas() {
        paidFor("pro");

        JsonNode report = bench.json(why(Bench.ANN, "word-count"));

        assertThat(report.get("steps").valueStream().filter(step -> step.get("check").asText().equals("paid"))).singleElement().satisfies(step -> {
            assertThat(step.get("state").asText()).isEqualTo("NOTE");
            assertThat(step.get("detail").asText()).endsWith("by pay_1, and the tier is registered");
            assertThat(step.get("next").asText()).isEqualTo("market:entitle " + Bench.ANN + " word-count pro");
        });
        assertThat(report.get("allowed").asBoolean()).isTrue();
    }

    @Test
    void neverShowsTheWholeToken() {
        assertThat(bench.text(why(token, null))).doesNotContain(token).contains(token.substring(0, 16));
        assertThat(bench.json(why(token, null)).toString()).doesNotContain(token);
    }

    @Test
    void keepsTheTokenOutOfTheThreadsNameAndSoOutOfTheLog() {
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        thread.setName("pipe-market:why " + token); // as the shell does
        try {
            bench.json(why(token, null));
            assertThat(thread.getName()).doesNotContain(token);
        } finally {
            thread.setName(before);
        }
    }

    @Test
    void showsNothingOfAnUnknownTextButItsLength() {
        JsonNode report = bench.json(why("correct-horse-battery", null));

        assertThat(report.toString()).doesNotContain("correct").contains("21 characters");
        assertThat(report.get("allowed").asBoolean(true)).isFalse();
        assertThat(verdict(report).get("status").asInt()).isEqualTo(401);
        assertThat(verdict(report).get("code").asText()).isEqualTo("token-unknown");
    }

    @Test
    void recognisesAKeyThatIsNoToken() {
        String key = bench.keys.issueSolutionKey("word-count", "test", "test").secret();

        assertThat(bench.text(why(key, null))).contains("key of the solution word-count").doesNotContain(key);
        assertThat(bench.text(why(Bench.ADMIN_KEY, null))).contains("admin key").doesNotContain(Bench.ADMIN_KEY);
    }

    @Test
    void namesTheSpentWindowAndWhenItResets() {
        use(10);

        JsonNode report = bench.json(why(token, null));

        assertThat(report.get("allowed").asBoolean(true)).isFalse();
        assertThat(failed(report)).containsExactly("count per day");
        assertThat(verdict(report).get("status").asInt()).isEqualTo(429);
        assertThat(verdict(report).get("code").asText()).isEqualTo("daily_limit_exceeded");
        assertThat(verdict(report).get("next").asText())
                .isEqualTo("wait until 2026-11-21T00:00:00Z, or market:entitle ann@example.com word-count pro");
    }

    @Test
    void namesARevokedToken() {
        bench.tokens.revoke(token, "test");

        JsonNode report = bench.json(why(token, null));

        assertThat(failed(report)).containsExactly("token state");
        assertThat(verdict(report).get("code").asText()).isEqualTo("token-revoked");
        assertThat(verdict(report).get("next").asText()).contains("market:token ann@example.com word-count");
    }

    @Test
    void namesAnExpiredToken() {
        bench.entitled("doc-tools", "registered");
        String timed = bench.tokens.issue(ann.id(), "doc-tools", "test").token();
        bench.clock.advance(Duration.ofDays(30));

        JsonNode report = bench.json(why(timed, null));

        assertThat(failed(report)).containsExactly("token state");
        assertThat(verdict(report).get("code").asText()).isEqualTo("token-expired");
    }

    @Test
    void saysThatARotatedTokenStillWorks() {
        bench.tokens.rotate(ann.id(), "word-count", Duration.ofHours(1), "test");

        JsonNode report = bench.json(why(token, null));

        assertThat(report.get("allowed").asBoolean()).isTrue();
        assertThat(report.get("steps").toString()).contains("replaced; works until 2026-11-20T13:00:00Z");
    }

    @Test
    void namesATokenUsedAtAnotherSolution() {
        JsonNode report = bench.json(why(token, "doc-tools"));

        assertThat(verdict(report).get("status").asInt()).isEqualTo(403);
        assertThat(verdict(report).get("code").asText()).isEqualTo("token-wrong-solution");
        assertThat(bench.json(why(token, "wc")).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void namesASuspendedEntitlement() {
        bench.entitlements.setStatus(ann.id(), "word-count", Status.SUSPENDED, "test");

        JsonNode report = bench.json(why(token, null));

        assertThat(failed(report)).containsExactly("status");
        assertThat(verdict(report).get("code").asText()).isEqualTo("entitlement-suspended");
        assertThat(verdict(report).get("next").asText()).isEqualTo("market:entitle ann@example.com word-count --resume");
    }

    @Test
    void namesAWithdrawnSolutionAndWhy() {
        bench.catalog.withdraw("word-count");
        bench.platform.plugins = new FixedPlugins()
                .with(Optional.of("word-count"), "1.0.0", State.FAILED, "its index is damaged");

        JsonNode report = bench.json(why(token, null));

        assertThat(failed(report)).containsExactly("solution");
        assertThat(report.get("steps").toString()).contains("its index is damaged");
        assertThat(verdict(report).get("status").asInt()).isEqualTo(503);
    }

    @Test
    void namesATierThatTheSolutionNoLongerHas() {
        bench.entitled("word-count", "pro");
        bench.catalog.assignProfile("word-count", Optional.of("trial"), "test");

        JsonNode report = bench.json(why(Bench.ANN, "wc"));

        assertThat(failed(report)).contains("tier");
        assertThat(report.get("allowed").asBoolean(true)).isFalse();
    }

    @Test
    void namesAMissingEntitlement() {
        JsonNode report = bench.json(why(Bench.ANN, "doc-tools"));

        assertThat(failed(report)).containsExactly("entitlement");
        assertThat(verdict(report).get("code").asText()).isEqualTo("entitlement-unknown");
        assertThat(verdict(report).get("next").asText()).startsWith("market:entitle ann@example.com doc-tools");
    }

    @Test
    void namesAnUnknownSolution() {
        JsonNode report = bench.json(why(Bench.ANN, "nope"));

        assertThat(report.get("allowed").asBoolean(true)).isFalse();
        assertThat(failed(report)).containsExactly("solution");
        assertThat(bench.text(why(Bench.ANN, "nope"))).contains("REFUSED");
    }

    @Test
    void namesAValidityThatEnded() {
        bench.platform.quota = new EndedTier(bench.quota, Bench.NOON.minusSeconds(1));

        JsonNode report = bench.json(why(token, null));

        assertThat(failed(report)).containsExactly("validity");
        assertThat(verdict(report).get("code").asText()).isEqualTo("validity_ended");
    }

    @Test
    void judgesEachActionByItself() {
        bench.entitled("doc-tools", "registered");
        Decision spent = bench.quota.decide(
                AccessRequest.one(new Subject.User(ann.id()), "doc-tools", "ocr").withUnits(10));
        assertThat(spent).isInstanceOf(Decision.Allowed.class);

        JsonNode report = bench.json(why(Bench.ANN, "doc-tools"));

        assertThat(report.get("allowed").asBoolean(true)).isFalse();
        assertThat(report.get("verdicts").valueStream().map(v -> v.get("allowed").asBoolean())).containsExactly(true, false);
        WhyCommand onlyPage = why(Bench.ANN, "doc-tools");
        onlyPage.action = "page";
        assertThat(bench.json(onlyPage).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void explainsVisitors() {
        assertThat(bench.json(why("anon_1", "wc")).get("allowed").asBoolean()).isTrue();
        bench.quota.decide(AccessRequest.one(new Subject.Visitor("anon_1"), "wc", "count").withUnits(3));

        JsonNode report = bench.json(why("anon_1", "wc"));

        assertThat(verdict(report).get("code").asText()).isEqualTo("lifetime_limit_exceeded");
        assertThat(verdict(report).get("next").asText()).isEqualTo("register");
    }

    @Test
    void pointsAtSolutionsThatOnlyEverCheck() {
        assertThat(bench.json(why(token, null)).get("steps").toString()).contains("check_only");
        use(1);
        assertThat(bench.json(why(token, null)).get("steps").toString()).doesNotContain("check_only");
    }

    @Test
    void asksForTheTokenWhenNoneIsGiven() {
        bench.typed = token + " ";

        assertThat(bench.json(why(null, null)).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void saysThatASingleCommandCannotAskForTheToken() {
        bench.keyboard = false;

        assertThat(bench.refusal(why(null, null))).hasMessageContaining("missing").hasMessageContaining("./run console");
    }

    @Test
    void refusesWhatItCannotExplain() {
        assertThat(bench.refusal(why(Bench.ANN, null))).hasMessageContaining("solution");
        assertThat(bench.refusal(why("eve@example.com", "wc"))).hasMessageContaining("no customer eve@example.com");
        assertThat(bench.refusal(why(null, null))).hasMessageContaining("missing");
        WhyCommand unknownAction = why(token, null);
        unknownAction.action = "fly";
        assertThat(bench.refusal(unknownAction)).hasMessageContaining("no action fly").hasMessageContaining("count");
    }
}
