package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.PluginReport.Plugin;
import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what the catalogue lists and what the plugin host runs. */
final class SolutionOverview {

    /** Listed, but its plugin is gone. */
    private static final String WITHDRAWN = "WITHDRAWN";

    private final Platform platform;

    SolutionOverview(Platform platform) {
        this.platform = platform;
    }

    /**
     * @param bundle empty if no plugin of this server serves it
     * @param reason why it does not run; empty if it does
     * @param profile the tier profile in force; null: its own tiers
     */
    record Row(
            String id,
            String name,
            @Nullable String bundle,
            @Nullable String version,
            String state,
            String reason,
            @Nullable String profile,
            List<String> tiers,
            @Nullable Boolean healthy,
            String health,
            String api,
            String page) {}

    /** A plugin that serves nothing. */
    record Broken(
            @Nullable String solutionId, String bundle, String version, String state, String reason, String since) {}

    List<Row> rows() {
        return platform.catalog().entries().stream().map(this::row).toList();
    }

    List<Broken> broken() {
        return plugins().stream()
                .filter(plugin -> plugin.state() != State.RUNNING)
                .map(plugin -> new Broken(plugin.solutionId().orElse(null), plugin.bundle(), plugin.version(),
                        plugin.state().name(), plugin.reason(), plugin.since().toString()))
                .toList();
    }

    /** The profile whose tiers are in force for this solution; empty if it has tiers of its own. */
    Optional<String> profile(CatalogEntry entry) {
        // Preferred where two profiles give the same tiers: the one the solution names.
        return platform.catalog().profiles().stream()
                .filter(profile -> gives(profile, entry))
                .map(TierProfile::name)
                .min(Comparator.comparing((String name) -> !name.equals(entry.descriptor().tierProfile()))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean gives(TierProfile profile, CatalogEntry entry) {
        try {
            return profile.tiersFor(entry.descriptor()).equals(entry.tiers());
        } catch (IllegalArgumentException e) {
            return false; // a profile that has nothing for this solution's meters
        }
    }

    private Row row(CatalogEntry entry) {
        Optional<Plugin> plugin = plugin(entry.id());
        Optional<SolutionHealth> health = entry.available()
                ? platform.plugins().flatMap(report -> report.health(entry.id()))
                : Optional.empty();
        String base = "/solutions/" + entry.id() + "/";
        return new Row(
                entry.id(),
                entry.descriptor().name(),
                plugin.map(Plugin::bundle).orElse(null),
                plugin.map(Plugin::version).orElse(null),
                entry.available() ? State.RUNNING.name() : plugin.map(p -> p.state().name()).orElse(WITHDRAWN),
                entry.available() ? "" : plugin.map(Plugin::reason).orElse("no plugin offers it now"),
                profile(entry).orElse(null),
                entry.tiers().stream().map(TierPlan::tier).toList(),
                health.map(SolutionHealth::ok).orElse(null),
                health.map(SolutionHealth::message).orElse(""),
                base + "api/",
                base + entry.descriptor().startPath());
    }

    /** The plugin that serves the solution, else one that would. */
    Optional<Plugin> plugin(String solutionId) {
        return plugins().stream()
                .filter(plugin -> plugin.solutionId().equals(Optional.of(solutionId)))
                .min(Comparator.comparing(Plugin::state));
    }

    private List<Plugin> plugins() {
        return platform.plugins().map(PluginReport::plugins).orElse(List.of());
    }
}
