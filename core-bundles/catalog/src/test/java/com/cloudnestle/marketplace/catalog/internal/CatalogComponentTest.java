package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogComponentTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void waitsForAStoreThatDoesNotAnswerYet() {
        AtomicInteger queries = new AtomicInteger();
        ForwardingStore busy = new ForwardingStore(new InMemoryStore(clock)) {
            @Override
            public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
                if (queries.incrementAndGet() == 1) {
                    throw new StoreException.Unavailable("too busy");
                }
                return super.index(table, g1, prefix, limit, cursor);
            }
        };

        CatalogComponent catalog =
                new CatalogComponent(busy, new RecordingAuditLog(clock), clock, config(folder.resolve("profiles")));

        assertThat(queries).hasValueGreaterThan(1);
        assertThat(catalog.profiles()).extracting("name").contains("daily");
        catalog.close();
    }

    @Test
    void readsTheProfileFilesAgainWhenTheStoreFailedAfterTheyWereRead() throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        Files.writeString(folder.resolve("profiles/own.json"), """
                {"name": "own", "description": "of the operator",
                 "tiers": [{"tier": "registered", "limits": [{"window": "lifetime", "amount": 7}]}]}
                """);
        ContestedStore busy = new ContestedStore(new InMemoryStore(clock));
        busy.beforeNextWrite(() -> {
            throw new StoreException.Unavailable("too busy");
        });

        CatalogComponent catalog =
                new CatalogComponent(busy, new RecordingAuditLog(clock), clock, config(folder.resolve("profiles")));

        assertThat(catalog.profiles()).extracting("name").contains("own");
        catalog.close();
    }

    /** Its turn had come before it was taken out of the list. */
    @Test
    void whoWritesWhileItIsClosedIsNotTroubled() {
        List<WriteWatcher> watchers = new ArrayList<>();
        ForwardingStore store = new ForwardingStore(new InMemoryStore(clock)) {
            @Override
            public Registration watch(Table table, WriteWatcher watcher) {
                watchers.add(watcher);
                return super.watch(table, watcher);
            }
        };
        new CatalogComponent(store, new RecordingAuditLog(clock), clock, config(folder.resolve("profiles"))).close();

        assertThat(watchers).isNotEmpty();
        assertThatCode(() -> watchers.forEach(WriteWatcher::everything)).doesNotThrowAnyException();
    }

    private static CatalogComponent.Config config(Path profiles) {
        return new CatalogComponent.Config() {
            @Override
            public String profile_folder() {
                return profiles.toString();
            }

            @Override
            public long profile_poll_seconds() {
                return 60;
            }

            @Override
            public long refresh_seconds() {
                return 60;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return CatalogComponent.Config.class;
            }
        };
    }
}
