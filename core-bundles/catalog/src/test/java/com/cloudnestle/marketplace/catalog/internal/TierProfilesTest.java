package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierProfilesTest {

    private static final String OWN = """
            {"name": "own", "tiers": [{"tier": "pro", "limits": [{"window": "day", "amount": 1}]}]}
            """;

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore(new ManualClock(Instant.EPOCH));

    @Test
    void tellsOnlyRealChanges() throws IOException {
        TierProfiles profiles = new TierProfiles(store, new ProfileFolder(folder));
        assertThat(profiles.reload(name -> true)).isFalse();

        Files.writeString(folder.resolve("own.json"), OWN);
        assertThat(profiles.reload(name -> true)).isTrue();
        assertThat(profiles.reload(name -> true)).isFalse();
    }

    @Test
    void letsGoOfADeletedProfileOnceNobodyUsesIt() throws IOException {
        Files.writeString(folder.resolve("own.json"), OWN);
        TierProfiles profiles = new TierProfiles(store, new ProfileFolder(folder));
        profiles.reload(name -> true);
        Files.delete(folder.resolve("own.json"));

        assertThat(profiles.reload(name -> true)).isFalse();
        assertThat(profiles.find("own")).isPresent();
        assertThat(profiles.reload(name -> false)).isTrue();
        assertThat(profiles.find("own")).isEmpty();
    }

    @Test
    void reportsAChangeThatALookBeforeCouldNotRemember() throws IOException {
        Files.writeString(folder.resolve("own.json"), OWN);
        ContestedStore failing = new ContestedStore(store);
        failing.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("too busy");
        });
        TierProfiles profiles = new TierProfiles(failing, new ProfileFolder(folder));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> profiles.reload(name -> true));

        assertThat(profiles.reload(name -> true)).isTrue();
        assertThat(profiles.reload(name -> true)).isFalse();
        assertThat(profiles.recall("own")).as("remembered in the end").isTrue();
    }

    @Test
    void recallsNothingThatWasNeverThere() {
        TierProfiles profiles = new TierProfiles(store, new ProfileFolder(folder));

        assertThat(profiles.recall("own")).isFalse();
        assertThat(profiles.recall("Not a name \u0000")).isFalse();
    }
}
