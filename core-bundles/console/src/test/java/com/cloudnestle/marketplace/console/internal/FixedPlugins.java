package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report that says what a test tells it to. */
final class FixedPlugins implements PluginReport {

    final List<Plugin> plugins = new ArrayList<>();
    final Map<String, SolutionHealth> health = new HashMap<>();

    FixedPlugins with(Optional<String> solution, String version, State state, String reason) {
        plugins.add(new Plugin(solution, "org.example.plugin", version, state, reason, Bench.NOON));
        return this;
    }

    @Override
    public List<Plugin> plugins() {
        return List.copyOf(plugins);
    }

    @Override
    public Optional<SolutionHealth> health(String solutionId) {
        return Optional.ofNullable(health.get(solutionId));
    }
}
