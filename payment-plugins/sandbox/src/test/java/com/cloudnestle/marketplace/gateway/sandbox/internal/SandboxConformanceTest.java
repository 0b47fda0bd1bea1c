package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SandboxConformanceTest {

    @Test
    void passesEveryCaseOfTheKitAndLeavesNoneOut() {
        ConformanceReport report = GatewayConformance.run(new SandboxLab(new ManualClock(Instant.parse("2026-11-01T06:30:00Z"))));

        assertThat(report.count(ConformanceReport.Verdict.PASSED)).as(report.text()).isEqualTo(GatewayConformance.cases().size());
        assertThat(report.took()).as(report.summary()).isLessThan(java.time.Duration.ofSeconds(30));
    }
}
