package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RefundRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A buyer's first attempt fails and another succeeds: the provider has a key for each. */
class SecondAttemptTest {

    private final World world = new World();
    private final List<Expected> told = new ArrayList<>();

    /** Hears what the gateway is told of the payment. */
    private PaymentGateway listening() {
        return (PaymentGateway) Proxy.newProxyInstance(PaymentGateway.class.getClassLoader(), new Class<?>[] {PaymentGateway.class},
                (proxy, method, arguments) -> {
                    Arrays.stream(arguments == null ? new Object[0] : arguments).forEach(argument -> {
                        if (argument instanceof Expected expected) {
                            told.add(expected);
                        } else if (argument instanceof RefundRequest refund) {
                            told.add(refund.payment());
                        }
                    });
                    try {
                        return method.invoke(world.provider, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void theKeyOfAnAttemptIsToldToTheGatewayOnlyOnceItSucceeded() {
        world.gateways.set(0, listening());
        world.provider.failedIsFinal = false;
        World.Process process = world.start();
        Payment payment = process.initiate("k");
        world.provider.set(payment.id(), PaymentSnapshot.State.FAILED);
        process.verify(payment);
        world.provider.pay(payment.id());
        world.clock.advance(RecentAsks.MOMENT);
        process.verify(payment);
        assertThat(told).isNotEmpty().allSatisfy(expected -> assertThat(expected.providerPaymentId()).isEmpty());

        told.clear();
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(told).isNotEmpty().allSatisfy(expected -> assertThat(expected.providerPaymentId()).isPresent());
    }
}
