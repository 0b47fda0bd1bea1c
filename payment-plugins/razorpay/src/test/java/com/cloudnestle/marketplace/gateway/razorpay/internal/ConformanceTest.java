package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Verdict;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit's cases one by one, so that each has its own time on a busy machine. */
class ConformanceTest {

    /** Razorpay's answers name no merchant account. */
    private static final String NOT_SAID = "an answer about another merchant is not taken for the payment";

    private static final RazorpayLab LAB = new RazorpayLab();

    @AfterAll
    static void close() {
        LAB.close();
    }

    static List<String> cases() {
        return GatewayConformance.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cases(String name) {
        ConformanceReport report = GatewayConformance.run(LAB, name::equals);

        assertThat(report.results()).singleElement().satisfies(result -> assertThat(result.verdict()).as(report.text())
                .isEqualTo(name.equals(NOT_SAID) ? Verdict.NOT_APPLICABLE : Verdict.PASSED));
    }
}
