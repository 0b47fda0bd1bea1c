package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit that tries every gateway, over the contract server. */
class ConformanceTest {

    @ParameterizedTest
    @EnumSource(PhonePeLab.Mode.class)
    void itHoldsWhatEveryGatewayMustHold(PhonePeLab.Mode mode) {
        try (GatewayLab lab = new PhonePeLab(mode)) {
            ConformanceReport report = GatewayConformance.run(lab);

            System.out.println(mode + " " + report.summary());
            assertThat(report.failures()).as(report.text()).isEmpty();
            assertThat(report.count(ConformanceReport.Verdict.PASSED)).as(report.text()).isGreaterThan(80);
        }
    }
}
