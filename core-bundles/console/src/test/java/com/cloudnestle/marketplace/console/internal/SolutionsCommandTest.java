package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SolutionsCommandTest {

    private final Bench bench = new Bench();
    private final FixedPlugins plugins = new FixedPlugins();

    private JsonNode shown() {
        bench.platform.plugins = plugins;
        return bench.json(new SolutionsCommand());
    }

    private static JsonNode solution(JsonNode answer, String id) {
        return answer.get("solutions").valueStream().filter(s -> s.get("id").asText().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void showsVersionHealthTiersAndAddressesOfWhatRuns() {
        plugins.with(Optional.of("doc-tools"), "1.2.0", State.RUNNING, "");
        plugins.health.put("doc-tools", SolutionHealth.healthy("12 templates"));

        JsonNode row = solution(shown(), "doc-tools");

        assertThat(row.get("state").asText()).isEqualTo("RUNNING");
        assertThat(row.get("version").asText()).isEqualTo("1.2.0");
        assertThat(row.get("bundle").asText()).isEqualTo("org.example.plugin");
        assertThat(row.get("healthy").asBoolean()).isTrue();
        assertThat(row.get("health").asText()).isEqualTo("12 templates");
        assertThat(row.get("profile").asText()).isEqualTo("daily");
        assertThat(row.get("tiers").valueStream().map(JsonNode::asText))
                .containsExactly("anonymous", "registered", "pro", "enterprise");
        assertThat(row.get("api").asText()).isEqualTo("/solutions/doc-tools/api/");
        assertThat(row.get("page").asText()).isEqualTo("/solutions/doc-tools/start");
    }

    @Test
    void showsASickSolutionAsRunningButFailing() {
        plugins.with(Optional.of("word-count"), "1.0.0", State.RUNNING, "");
        plugins.health.put("word-count", SolutionHealth.failing("no dictionary"));

        assertThat(solution(shown(), "word-count").get("healthy").asBoolean(true)).isFalse();
        assertThat(bench.text(new SolutionsCommand())).contains("FAILING: no dictionary");
    }

    @Test
    void keepsListingAWithdrawnSolution() {
        bench.catalog.withdraw("word-count");

        JsonNode row = solution(shown(), "word-count");

        assertThat(row.get("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(row.get("healthy").isNull()).isTrue();
    }

    @Test
    void saysWhyAPluginFailed() {
        bench.catalog.withdraw("word-count");
        plugins.with(Optional.of("word-count"), "2.0.0", State.FAILED, "its descriptor has no meter");
        plugins.with(Optional.empty(), "0.1.0", State.UNRESOLVED, "missing package org.example.absent");

        JsonNode answer = shown();

        assertThat(solution(answer, "word-count").get("state").asText()).isEqualTo("FAILED");
        assertThat(solution(answer, "word-count").get("reason").asText()).isEqualTo("its descriptor has no meter");
        List<String> reasons = answer.get("plugins_not_running").valueStream().map(p -> p.get("reason").asText()).toList();
        assertThat(reasons).containsExactly("its descriptor has no meter", "missing package org.example.absent");
        assertThat(bench.text(new SolutionsCommand())).contains("missing package org.example.absent");
    }

    @Test
    void showsTheServingPluginOfSeveral() {
        plugins.with(Optional.of("word-count"), "1.0.0", State.STANDBY, "2.0.0 serves");
        plugins.with(Optional.of("word-count"), "2.0.0", State.RUNNING, "");

        JsonNode answer = shown();

        assertThat(solution(answer, "word-count").get("version").asText()).isEqualTo("2.0.0");
        assertThat(answer.get("plugins_not_running").get(0).get("state").asText()).isEqualTo("STANDBY");
    }

    @Test
    void worksWithoutAPluginHost() {
        assertThat(bench.json(new SolutionsCommand()).get("solutions")).hasSize(2);
    }

    @Test
    void saysWhatIsMissingWhenTheCatalogueDoesNotRun() {
        bench.platform.catalog = null;

        assertThat(bench.refusal(new SolutionsCommand())).hasMessageContaining("catalogue is not running");
    }

    @Test
    void letsNoPluginControlTheTerminal() {
        plugins.with(Optional.empty(), "1", State.FAILED, "\u001b[2Jgone\r\nforged line\u202e");
        bench.platform.plugins = plugins;

        String text = bench.text(new SolutionsCommand());

        assertThat(text).contains("?[2Jgone??forged line?").doesNotContain("\u001b[2J", "\u202e");
    }
}
