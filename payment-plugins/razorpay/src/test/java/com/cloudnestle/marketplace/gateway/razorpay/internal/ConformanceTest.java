package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Verdict;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import org.junit.jupiter.api.Test;

class ConformanceTest {

    @Test
    void passesEveryCaseOfTheKitButThoseOfWhatRazorpayDoesNotSay() {
        try (RazorpayLab lab = new RazorpayLab()) {
            ConformanceReport report = GatewayConformance.run(lab);

            assertThat(report.failures()).as(report.text()).isEmpty();
            assertThat(report.results()).filteredOn(result -> result.verdict() == Verdict.NOT_APPLICABLE).extracting(ConformanceReport.Result::name)
                    .as(report.text()).containsExactly("an answer about another merchant is not taken for the payment");
        }
    }
}
