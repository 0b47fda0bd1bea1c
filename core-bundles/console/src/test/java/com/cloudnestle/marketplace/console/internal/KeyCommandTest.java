package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.ApiKeys.KeyOwner.SolutionKey;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class KeyCommandTest {

    private final Bench bench = new Bench();

    private static KeyCommand key(String solution) {
        KeyCommand command = new KeyCommand();
        command.solution = solution;
        return command;
    }

    @Test
    void makesAKeyThatWorks() {
        KeyCommand make = key("wc");
        make.name = "billing host";

        JsonNode made = bench.json(make);

        String id = made.get("key").get("id").asText();
        assertThat(bench.keys.authenticate(made.get("secret").asText())).contains(new SolutionKey(id, "word-count"));
        assertThat(made.get("key").get("name").asText()).isEqualTo("billing host");
    }

    @Test
    void listsKeysWithoutTheirSecrets() {
        String secret = bench.json(key("wc")).get("secret").asText();
        KeyCommand list = key("wc");
        list.list = true;

        assertThat(bench.json(list).get("keys")).hasSize(1);
        assertThat(bench.json(list).toString()).doesNotContain(secret);
        assertThat(bench.text(list)).doesNotContain(secret);
    }

    @Test
    void endsAKey() {
        JsonNode made = bench.json(key("wc"));
        KeyCommand revoke = key("wc");
        revoke.revoke = made.get("key").get("id").asText();

        bench.json(revoke);

        assertThat(bench.keys.authenticate(made.get("secret").asText())).isEmpty();
    }

    @Test
    void refusesAKeyOfAnotherSolutionAndLeavesItAlone() {
        JsonNode made = bench.json(key("wc"));
        KeyCommand revoke = key("doc-tools");
        revoke.revoke = made.get("key").get("id").asText();

        assertThat(bench.refusal(revoke)).hasMessageContaining("no such key");
        assertThat(bench.keys.authenticate(made.get("secret").asText())).isPresent();
    }

    @Test
    void refusesBadNamesUnknownSolutionsAndContradictions() {
        KeyCommand blank = key("wc");
        blank.name = " ";
        assertThat(bench.refusal(blank)).hasMessageContaining("name");
        assertThat(bench.refusal(key("nope"))).hasMessageContaining("no such solution");

        KeyCommand both = key("wc");
        both.list = true;
        both.name = "x";
        assertThat(bench.refusal(both)).hasMessageContaining("only one of");
        assertThat(bench.keys.solutionKeys("word-count")).isEmpty();
    }
}
