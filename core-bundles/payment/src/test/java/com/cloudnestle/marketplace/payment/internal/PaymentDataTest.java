package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentDataTest {

    private final World world = new World();
    private final Process process = world.start();
    private final PaymentData data = new PaymentData(world.data);

    @Test
    void peopleGetAllTheirPayments() {
        Payment payment = process.initiate("k");

        assertThat(data.export(world.ann)).contains(payment.id(), "\"total\":\"INR 1178.82\"", "\"buyer_name\":\"Ann\"", "1 Lake Road");
        assertThat(data.export("cus_nobody")).isEqualTo("[]");

        world.provider.pay(payment.id());
        process.verify(payment);
        assertThat(data.export(world.ann)).contains("\"invoice_number\":\"INV/25-26/000001\"");
    }

    @Test
    void erasingLeavesThePaymentWithoutThePerson() {
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());
        process.verify(payment);

        data.erase(world.ann, "admin");
        data.erase(world.ann, "admin");

        Payment left = process.payments.inspect(payment.id()).payment();
        assertThat(left.state()).isEqualTo(State.PAID);
        assertThat(left.buyer().name()).isEmpty();
        assertThat(left.buyer().address()).isEmpty();
        assertThat(left.buyer().region()).isEqualTo("29");
        world.assertBalanced();
    }

    @Test
    void whoReadThePaymentBeforeDoesNotBringTheNameBack() {
        Payment payment = process.initiate("k");
        StoredPayment read = process.parts.book.require(payment.id());
        data.erase(world.ann, "admin");

        assertThat(process.parts.book.commit(new Step(read, read.change().done(), Step.note("x", Cause.POLL)))).isFalse();
    }
}
