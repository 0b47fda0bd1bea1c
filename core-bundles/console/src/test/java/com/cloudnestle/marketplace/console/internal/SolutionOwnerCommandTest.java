package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SolutionOwnerCommandTest {

    private final Bench bench = new Bench();

    private static SolutionOwnerCommand owner(String solution, @Nullable String bundle) {
        SolutionOwnerCommand command = new SolutionOwnerCommand();
        command.solution = solution;
        command.bundle = bundle;
        return command;
    }

    @Test
    void showsToWhomAnIdBelongs() {
        assertThat(bench.text(owner("wc", null))).contains("word-count belongs to no bundle yet");
        bench.owners.claim("word-count", "org.example.wc");

        assertThat(bench.text(owner("wc", null))).contains("word-count belongs to bundle org.example.wc");
        JsonNode json = bench.json(owner("word-count", null));
        assertThat(json.get("bundle").asText()).isEqualTo("org.example.wc");
        assertThat(json.get("changed").asBoolean(true)).isFalse();
        assertThat(bench.audit.events()).isEmpty();
    }

    @Test
    void givesItToAnotherAndSaysWhoHasToGoFirst() {
        bench.owners.claim("word-count", "org.example.plugin");
        bench.platform.plugins = new FixedPlugins().with(Optional.of("word-count"), "1.0.0", State.RUNNING, "");

        assertThat(bench.text(owner("wc", "org.new")))
                .contains("word-count belongs to bundle org.new now", "bundle org.example.plugin serves it until it is taken out");

        assertThat(bench.owners.owner("word-count")).contains("org.new");
        assertThat(bench.audit.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.event()).isEqualTo("solution.given");
            assertThat(entry.actor()).isEqualTo("console");
        });
        assertThat(bench.text(owner("wc", "org.new"))).contains("already");
    }

    @Test
    void asksForNothingWhenTheNewOwnerServesItAlready() {
        bench.platform.plugins = new FixedPlugins().with(Optional.of("word-count"), "1.0.0", State.RUNNING, "");

        assertThat(bench.text(owner("wc", "org.example.plugin"))).doesNotContain("taken out");
    }

    @Test
    void refusesUnknownSolutionsAndWhatIsNoBundle() {
        assertThat(bench.refusal(owner("nope", "org.new"))).hasMessageContaining("no such solution");
        assertThat(bench.refusal(owner("wc", "not a bundle"))).hasMessageContaining("symbolic name");
        assertThat(bench.owners.owner("word-count")).isEmpty();
    }
}
