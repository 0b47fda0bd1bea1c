package com.cloudnestle.marketplace.gateway.trial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What becomes of trials; that a sound gateway passes them is shown beside the sandbox gateway. */
class TriedGatewaysTest {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final TriedGateways tried = new TriedGateways(waiting::add);

    /** A lab that can do nothing but say whose it is. */
    private static GatewayLab lab(String id) {
        Class<?> gateway = com.cloudnestle.marketplace.payment.PaymentGateway.class;
        Object named = Proxy.newProxyInstance(gateway.getClassLoader(), new Class<?>[] {gateway}, (proxy, method, arguments) -> {
            if (method.getName().equals("id")) {
                return id;
            }
            throw new IllegalStateException("it can do nothing");
        });
        return (GatewayLab) Proxy.newProxyInstance(GatewayLab.class.getClassLoader(), new Class<?>[] {GatewayLab.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "gateway" -> named;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new IllegalStateException("it can do nothing");
                });
    }

    @Test
    void thereIsNothingAgainstAGatewayThatBringsNoLab() {
        assertThat(tried.problem("razorpay")).isEmpty();
    }

    @Test
    void aGatewayIsNotOfferedWhileItIsTried() {
        tried.addLab(lab("useless"));

        assertThat(tried.problem("useless")).hasValue("it is being tried");
        assertThat(tried.problem("razorpay")).isEmpty();
    }

    @Test
    void aGatewayThatFailsIsToldWithItsCases() {
        tried.addLab(lab("useless"));
        waiting.remove().run();

        assertThat(tried.problem("useless")).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("it failed " + GatewayConformance.cases().size() + " of " + GatewayConformance.cases().size() + " trials: ")
                .contains(GatewayConformance.cases().get(0)).endsWith(" more, see the log"));
    }

    @Test
    void whatCameOutGoesWithTheLab() {
        GatewayLab lab = lab("useless");
        tried.addLab(lab);
        tried.removeLab(lab);
        waiting.remove().run();

        assertThat(tried.problem("useless")).isEmpty();
    }

    @Test
    void aLabThatDoesNotSayWhoseItIsHarmsNobody() {
        tried.addLab((GatewayLab) Proxy.newProxyInstance(GatewayLab.class.getClassLoader(), new Class<?>[] {GatewayLab.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("it can do nothing");
                }));

        assertThat(waiting).isEmpty();
    }
}
