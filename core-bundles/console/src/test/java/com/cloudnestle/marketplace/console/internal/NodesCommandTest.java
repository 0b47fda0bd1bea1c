package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.platform.Nodes;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesCommandTest {

    private final Bench bench = new Bench();

    @Test
    void showsWhoRunsSinceWhenAndWhatTheirClocksSay() {
        bench.platform.nodes = nodes();

        JsonNode nodes = bench.json(new NodesCommand()).get("nodes");

        assertThat(nodes.findValuesAsText("id")).containsExactly("node_a", "node_b", "node_c");
        assertThat(nodes.findValuesAsText("address")).startsWith("http://127.0.0.1:8181");
        assertThat(nodes.findValuesAsText("self")).containsExactly("false", "true", "false");
        assertThat(nodes.findValuesAsText("seen_millis_ago")).containsExactly("3000", "0", "-1500");
        assertThat(nodes.get(0).get("started_at").asText()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(bench.text(new NodesCommand()))
                .contains("3000 ms ago").contains("this one").contains("its clock is 1500 ms or more ahead");
    }

    @Test
    void saysWhenThereIsNoStoreAndSoNoRegister() {
        assertThat(bench.refusal(new NodesCommand())).hasMessageContaining("not running");
    }

    private static Nodes nodes() {
        Instant noon = Bench.NOON;
        Instant started = noon.minus(Duration.ofHours(1));
        List<Nodes.Node> all = List.of(
                new Nodes.Node("node_a", "http://127.0.0.1:8181", started, noon.minusSeconds(3)),
                new Nodes.Node("node_b", "http://127.0.0.1:8182", started, noon),
                new Nodes.Node("node_c", "http://127.0.0.1:8183", started, noon.plusMillis(1500)));
        return new Nodes() {
            @Override
            public String self() {
                return "node_b";
            }

            @Override
            public int running() {
                return all.size();
            }

            @Override
            public List<Node> all() {
                return all;
            }
        };
    }
}
