package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Result;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SandboxConformanceTest {

    private final SandboxLab lab = new SandboxLab(new ManualClock(Instant.parse("2026-11-01T06:30:00Z")));

    @Test
    void passesEveryCaseOfTheKitAndLeavesNoneOut() {
        ConformanceReport report = GatewayConformance.run(lab);

        assertThat(report.count(ConformanceReport.Verdict.PASSED)).as(report.text()).isEqualTo(GatewayConformance.cases().size());
    }

    /** As if the gateway had opened a second payment: whatever it says, the kit counts at the provider. */
    @Test
    void twoPaymentsForOneKeyAreFoundWhereverAnOpeningIsRepeated() {
        assertThat(failures("orders", (Object count) -> (Integer) count * 2)).contains(
                "a payment opened twice is one payment",
                "an opening whose reply is lost leaves one payment that is found",
                "an opening that is answered by an error leaves one payment that is found",
                "an opening whose request is lost can be repeated",
                "an opening that nothing answers can be repeated",
                "an interrupted opening ends in order");
    }

    @Test
    void twoRefundsForOneKeyAreFoundWhereverARefundIsRepeated() {
        UnaryOperator<Object> twice = refunds -> Stream.of((List<?>) refunds, (List<?>) refunds).flatMap(List::stream)
                .map(Money.class::cast).toList();
        assertThat(failures("refunds", twice)).contains(
                "a refund asked for twice is made once",
                "a refund asked for by many at once is made once",
                "more than was paid is never given back",
                "a refund whose reply is lost is made once and found",
                "a refund that fails at the provider can be repeated");
    }

    private List<String> failures(String lever, UnaryOperator<Object> change) {
        GatewayLab other = (GatewayLab) Proxy.newProxyInstance(GatewayLab.class.getClassLoader(), new Class<?>[] {GatewayLab.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(lab, arguments);
                        return method.getName().equals(lever) ? change.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return GatewayConformance.run(other).failures().stream().map(Result::name).toList();
    }
}
