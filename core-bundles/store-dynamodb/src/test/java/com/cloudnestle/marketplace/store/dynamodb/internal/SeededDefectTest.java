package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.cloudnestle.marketplace.testing.PatchedClasses;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Tests of the tests: each of these mistakes is found by the test that is there for it. */
class SeededDefectTest {

    private static TestExecutionSummary run(ClassLoader classes, List<SeededDefect> defects) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(defects.stream().map(defect -> method(classes, defect)).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    private static MethodSelector method(ClassLoader classes, SeededDefect defect) {
        try {
            return selectMethod(classes.loadClass(defect.testClass()), defect.testMethod());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFound(SeededDefect defect) {
        TestExecutionSummary summary = run(defect.classes(), List.of(defect));
        assertThat(summary.getTestsFoundCount()).isEqualTo(1);
        assertThat(summary.getFailures()).as("%s must be found by %s", defect, defect.testMethod()).hasSize(1)
                .first().satisfies(failure -> assertThat(failure.getException())
                        .as("by what it asserts or by an error of the adapter, not by a test that cannot run")
                        .isNotInstanceOfAny(LinkageError.class, ReflectiveOperationException.class));
    }

    /** Without a mistake, but loaded in the same way, they pass: the first of each test class stands for the others. */
    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        ClassLoader classes = PatchedClasses.of(Path.of("src/main/java"), Writes.class.getName(),
                "one for all repetitions: the service applies it once", "unchanged");
        Map<String, SeededDefect> first = new LinkedHashMap<>();
        List.of(SeededDefect.values()).forEach(defect -> first.putIfAbsent(defect.testClass(), defect));
        TestExecutionSummary summary = run(classes, List.copyOf(first.values()));
        assertThat(summary.getTotalFailureCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(first.size()).isGreaterThan(4);
    }
}
