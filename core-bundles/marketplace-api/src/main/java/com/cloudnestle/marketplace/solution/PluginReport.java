package com.cloudnestle.marketplace.solution;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How the plugins of this server are; for the console and for readiness. Thread-safe. */
@ProviderType
public interface PluginReport {

    /** Every plugin known now, running and broken, ordered by bundle name; from memory. A removed plugin is not in it. */
    List<Plugin> plugins();

    /**
     * The plugin that serves this solution id now, asked how it is. Calls {@link Solution#health()} and waits at most two
     * seconds for it; then the answer is a failing one that says so. Empty if nobody serves the id.
     */
    Optional<SolutionHealth> health(String solutionId);

    /** What became of a plugin. */
    enum State {
        /** Listed and served. */
        RUNNING,
        /** Refused or broken; {@link Plugin#reason()} says why. */
        FAILED,
        /** Another version of the same bundle serves the solution; this one takes over when that goes. */
        STANDBY,
        /** The bundle cannot be resolved: something it imports is missing. */
        UNRESOLVED
    }

    /**
     * @param solutionId empty if it is not known, because the descriptor is broken or the bundle never started
     * @param bundle symbolic name of the bundle
     * @param version version of the bundle
     * @param reason for operators; empty when running
     * @param since when the plugin came into this state
     */
    record Plugin(Optional<String> solutionId, String bundle, String version, State state, String reason, Instant since) {
        public Plugin {
            Objects.requireNonNull(solutionId);
            Objects.requireNonNull(bundle);
            Objects.requireNonNull(version);
            Objects.requireNonNull(state);
            Objects.requireNonNull(reason);
            Objects.requireNonNull(since);
        }
    }
}
