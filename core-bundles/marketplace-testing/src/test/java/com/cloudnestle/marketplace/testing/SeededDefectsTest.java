package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.cloudnestle.marketplace.store.Store;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.jspecify.annotations.Nullable;

/** Tests the tests: a contract suite that stays green on a broken store is worth nothing. */
final class SeededDefectsTest {

    private static @Nullable SeededDefect seeded;

    /** Not run by itself (a nested class), only through {@link #run}. */
    static final class SeededStoreContract implements StoreContract {

        private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
        private final Store store = seeded == null ? new InMemoryStore(clock) : seeded.store(clock);

        @Override
        public Store store() {
            return store;
        }

        @Override
        public ManualClock clock() {
            return clock;
        }
    }

    private static TestExecutionSummary run(@Nullable SeededDefect defect) {
        seeded = defect;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(SeededStoreContract.class))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    @Test
    void suiteIsGreenWithoutADefect() {
        TestExecutionSummary summary = run(null);

        assertThat(summary.getTestsFailedCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void suiteTurnsRedFor(SeededDefect defect) {
        assertThat(run(defect).getTestsFailedCount()).isPositive();
    }
}
