package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Verdict;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tries the kit: a gateway with a mistake fails the case that is there for it. Without one it passes: {@link SandboxConformanceTest}. */
class SeededDefectTest {

    /** Threads that a busy machine runs one after the other do not meet. */
    private static final int LOOKS = 50;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T06:30:00Z"));

    private ConformanceReport tried(SeededDefect defect) throws ReflectiveOperationException {
        return GatewayConformance.run(defect.lab(clock), defect.found()::equals);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByTheKit(SeededDefect defect) throws ReflectiveOperationException {
        ConformanceReport report = tried(defect);
        for (int look = 1; look < LOOKS && report.passed() && defect == SeededDefect.ONE_ENGINE_FOR_ALL_THREADS; look++) {
            report = tried(defect);
        }

        assertThat(report.results()).as("a case is called \"%s\"", defect.found()).hasSize(1);
        assertThat(report.results().get(0).verdict()).as(report.text()).isEqualTo(Verdict.FAILED);
        assertThat(report.text()).as("by what it looks at").doesNotContain("LinkageError", "NoSuch", "ClassCast", "not tried");
    }

    @AfterEach
    void nothingStaysShared() {
        System.getProperties().remove("sandbox.mac");
    }
}
