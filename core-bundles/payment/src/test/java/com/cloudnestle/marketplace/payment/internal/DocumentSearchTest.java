package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has a document finds the payment. */
class DocumentSearchTest {

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");

    @BeforeEach
    void pay() {
        world.provider.pay(payment.id());
        process.verify(payment);
    }

    @Test
    void theInvoiceLeadsToItsPayment() {
        String number = process.find(payment).invoiceNumber().orElseThrow();

        assertThat(number).isEqualTo("INV/25-26/000001");
        assertThat(process.payments.inspect(number).payment().id()).isEqualTo(payment.id());
        assertThat(process.payments.inspect(" inv/25-26/000001 ").payment().id()).as("as people type").isEqualTo(payment.id());
        assertThat(process.payments.reconcile(number, "admin").payment().id()).isEqualTo(payment.id());
    }

    @Test
    void theCreditNoteLeadsToThePaymentWithTheRefund() {
        process.payments.refund(payment.id(), Optional.of(new Money(100, "INR")), "asked for", "r", "admin");

        var detail = process.payments.inspect("CRN/25-26/000001");

        assertThat(detail.payment().id()).isEqualTo(payment.id());
        assertThat(detail.refunds()).singleElement()
                .satisfies(refund -> assertThat(refund.creditNote()).map(CreditNote::number).contains("CRN/25-26/000001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INV/25-26/000002", "INV/26-27/000001", "INV2526/1000000", "INV/25-26/", "/", "INV/25-26/000001#x", ""})
    void numbersThatNobodyGaveLeadNowhere(String number) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> process.payments.inspect(number))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.PAYMENT_UNKNOWN));
    }
}
