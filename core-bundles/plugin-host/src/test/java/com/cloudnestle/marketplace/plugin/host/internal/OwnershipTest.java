package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.solution.PluginReport.Plugin;
import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.cloudnestle.marketplace.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** An id stays with the bundle that served it first, also while that bundle is away. */
class OwnershipTest {

    private static final String VERSION = "/solutions/text/api/version";
    private static final String OWNER = "com.example.text";
    private static final String STRANGER = "com.evil.text";

    private final Platform platform = new Platform();

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    private Plugin report(String bundle) {
        return platform.host.plugins().stream().filter(each -> each.bundle().equals(bundle)).findFirst().orElseThrow();
    }

    private long deploy(String bundle, String version) {
        return platform.deploy(bundle, version, new TextSolution("text", bundle + " " + version));
    }

    @Test
    void anotherBundleDoesNotGetTheIdByComingFirst() throws Exception {
        platform.host.left(deploy(OWNER, "1.0.0"));

        platform.deploy(STRANGER, "1.0.0", new TextSolution(SolutionDescriptor.of("text", "Stolen", "", "count"), "mine now"));

        assertThat(report(STRANGER).state()).isEqualTo(State.FAILED);
        assertThat(platform.catalog.require("text").descriptor().name()).as("what the catalogue says").isEqualTo("Text");
        assertThat(report(STRANGER).reason()).contains("the id text belongs to bundle com.example.text",
                "market:solution-owner text com.evil.text");
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(404);
        assertThat(platform.catalog.require("text").available()).isFalse();
        deploy(OWNER, "0.9.0");
        assertThat(platform.get(VERSION).body()).contains("com.example.text 0.9.0");
    }

    @Test
    void anIdThatWasGivenAwayIsServedByItsNewOwner() throws Exception {
        long old = deploy(OWNER, "1.0.0");
        platform.owners.give("text", STRANGER, "console");

        deploy(STRANGER, "1.0.0");
        assertThat(report(STRANGER).reason()).as("while the old one runs").contains("taken by bundle com.example.text");

        platform.host.left(old);
        deploy(STRANGER, "1.0.1");
        assertThat(platform.get(VERSION).body()).contains("com.evil.text 1.0.1");
        deploy(OWNER, "2.0.0");
        assertThat(platform.get(VERSION).body()).contains("com.evil.text 1.0.1");
    }

    @Test
    void aNewVersionOfAnOwnerOfThePastIsRefusedAndTheOldOneGoesOn() throws Exception {
        deploy(OWNER, "1.0.0");
        platform.owners.give("text", STRANGER, "console");

        deploy(OWNER, "1.1.0");

        assertThat(platform.host.plugins()).extracting(Plugin::state).containsExactly(State.RUNNING, State.FAILED);
        assertThat(platform.get(VERSION).body()).contains("com.example.text 1.0.0");
    }

    @Test
    void aBundleThatNeverServedTheIdDoesNotKeepItFromOthers() throws Exception {
        platform.deploy("com.example.broken", "1.0.0",
                new TextSolution(SolutionDescriptor.of("text", "Text", "", "count").withStartPath("nowhere"), "x"));
        assertThat(report("com.example.broken").state()).isEqualTo(State.FAILED);

        deploy(OWNER, "1.0.0");

        assertThat(platform.get(VERSION).body()).contains("com.example.text 1.0.0");
        assertThat(platform.owners.owner("text")).contains(OWNER);
    }

    @Test
    void whoLosesTheRaceToAnotherNodeIsTakenOffTheAir() throws Exception {
        PluginHost host = hostOn(answering(() -> "org.faster"));

        host.arrived(arrival());

        assertThat(host.plugins().get(0).reason()).contains("belongs to bundle org.faster");
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(404);
        assertThat(platform.catalog.require("text").available()).isFalse();
    }

    @Test
    void whatOnlyTheStoreKeptOffTheAirIsServedAsSoonAsTheStoreAnswers() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        PluginHost host = hostOn(answering(() -> {
            if (away.get()) {
                throw new StoreException.Unavailable("the store is away");
            }
            return OWNER;
        }));

        host.arrived(arrival());
        host.retry();

        assertThat(host.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.state()).isEqualTo(State.FAILED);
            assertThat(plugin.reason()).contains("tried again", "the store is away");
        });
        assertThat(platform.get(VERSION).statusCode()).isEqualTo(404);

        away.set(false);
        host.retry();

        assertThat(host.plugins()).extracting(Plugin::state).containsExactly(State.RUNNING);
        assertThat(platform.get(VERSION).body()).contains("late");
    }

    @Test
    void aVersionThatWaitsForTheStoreIsForgottenWhenItGoes() {
        PluginHost host = hostOn(answering(() -> {
            throw new StoreException.Unavailable("the store is away");
        }));
        host.arrived(arrival());

        host.left(1);
        host.retry();

        assertThat(host.plugins()).isEmpty();
    }

    private PluginHost hostOn(SolutionOwners owners) {
        return new PluginHost(new Stage(platform.catalog, platform.runtime, solution -> CallGate.OPEN), new Ownership(owners),
                (event, id, bundle, version) -> {}, platform.clock);
    }

    private static Arrival arrival() {
        return new Arrival(1, OWNER, new Version("1.0.0"), () -> new TextSolution("text", "late"),
                () -> new WebFiles(Map.of(), Platform.NOON));
    }

    /** Knows of no owner before somebody claims an id. */
    private static SolutionOwners answering(Supplier<String> claimed) {
        return new SolutionOwners() {
            @Override
            public Optional<String> owner(String solutionId) {
                return Optional.empty();
            }

            @Override
            public String claim(String solutionId, String bundle) {
                return claimed.get();
            }

            @Override
            public void give(String solutionId, String bundle, String actor) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
