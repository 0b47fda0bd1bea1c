package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.identity.Customer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    private final Bench bench = new Bench();

    @BeforeEach
    void annHasAccess() {
        bench.entitled("word-count", "registered");
        bench.entitled("doc-tools", "registered");
    }

    private static TokenCommand token(String who, String solution) {
        TokenCommand command = new TokenCommand();
        command.who = who;
        command.solution = solution;
        return command;
    }

    private TokenState state(String token) {
        return bench.tokens.inspect(token).orElseThrow().state();
    }

    @Test
    void showsTheSameTokenEachTime() {
        JsonNode first = bench.json(token(Bench.ANN, "wc"));
        JsonNode second = bench.json(token(Bench.ANN, "wc"));

        assertThat(second.get("token")).isEqualTo(first.get("token"));
        assertThat(first.get("newly_made").asBoolean()).isTrue();
        assertThat(second.get("newly_made").asBoolean(true)).isFalse();
        assertThat(bench.tokens.authenticate(first.get("token").asText()).email()).isEqualTo(Bench.ANN);
        assertThat(bench.text(token(Bench.ANN, "wc"))).startsWith(first.get("token").asText()).contains("permanent");
    }

    @Test
    void saysWhenATimedTokenExpires() {
        assertThat(bench.json(token(Bench.ANN, "doc-tools")).get("expires_at").asText()).isEqualTo("2026-12-20T12:00:00Z");
    }

    @Test
    void rotatesAtOnceWithoutGrace() {
        String before = bench.json(token(Bench.ANN, "wc")).get("token").asText();
        TokenCommand rotate = token(Bench.ANN, "wc");
        rotate.rotate = true;

        String after = bench.json(rotate).get("token").asText();

        assertThat(after).isNotEqualTo(before);
        assertThat(state(before)).isEqualTo(TokenState.REVOKED);
        assertThat(state(after)).isEqualTo(TokenState.ACTIVE);
    }

    @Test
    void keepsTheFormerTokenForTheGrace() {
        String before = bench.json(token(Bench.ANN, "wc")).get("token").asText();
        TokenCommand rotate = token(Bench.ANN, "wc");
        rotate.rotate = true;
        rotate.grace = "90m";
        bench.json(rotate);

        assertThat(state(before)).isEqualTo(TokenState.GRACE);
        bench.clock.advance(Duration.ofMinutes(90));
        assertThat(state(before)).isEqualTo(TokenState.EXPIRED);
    }

    @Test
    void revokesWithoutMakingAnother() {
        String before = bench.json(token(Bench.ANN, "wc")).get("token").asText();
        TokenCommand revoke = token(Bench.ANN, "wc");
        revoke.revoke = true;

        assertThat(bench.json(revoke).has("token")).isFalse();

        assertThat(state(before)).isEqualTo(TokenState.REVOKED);
        assertThat(bench.audit.events()).endsWith("token.revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "h", "-1h", "1y", "99999999h", "1 h", ""})
    void refusesAGraceItDoesNotUnderstandAndRotatesNothing(String grace) {
        String before = bench.json(token(Bench.ANN, "wc")).get("token").asText();
        TokenCommand rotate = token(Bench.ANN, "wc");
        rotate.rotate = true;
        rotate.grace = grace;

        assertThat(bench.refusal(rotate)).hasMessageContaining("--grace");
        assertThat(state(before)).isEqualTo(TokenState.ACTIVE);
    }

    @Test
    void refusesAGraceOfMoreThanThirtyDays() {
        TokenCommand rotate = token(Bench.ANN, "wc");
        rotate.rotate = true;
        rotate.grace = "31d";

        assertThat(bench.refusal(rotate)).hasMessageContaining("30 days");
    }

    @Test
    void refusesContradictingOptions() {
        TokenCommand both = token(Bench.ANN, "wc");
        both.rotate = true;
        both.revoke = true;
        assertThat(bench.refusal(both)).hasMessageContaining("--revoke");

        TokenCommand graceAlone = token(Bench.ANN, "wc");
        graceAlone.grace = "1h";
        assertThat(bench.refusal(graceAlone)).hasMessageContaining("--rotate");
    }

    @Test
    void refusesWhoHasNoAccessAndSaysHowToGiveIt() {
        Customer bob = bench.customers.findOrCreate("bob@example.com");

        assertThat(bench.refusal(token("bob@example.com", "wc"))).hasMessageContaining("market:entitle bob@example.com");
        assertThat(bench.refusal(token(bob.id(), "wc"))).hasMessageContaining("no access to word-count");
        assertThat(bench.refusal(token("eve@example.com", "wc"))).hasMessageContaining("no customer eve@example.com");
    }
}
