package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the check of the book says of numbers that do not fit. */
class DocumentCheckTest {

    private static final DocumentSeries INVOICES = new DocumentSeries("IN-29", "INV", "25-26");

    private final World world = new World();
    private final Process process = world.start();
    private final Payment payment = process.initiate("k");
    private String refund = "";

    /** One invoice and one credit note. */
    @BeforeEach
    void sell() {
        world.provider.pay(payment.id());
        process.verify(payment);
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        refund = process.payments.inspect(payment.id()).refunds().get(0).id();
    }

    private List<String> problems() {
        return process.ledger.check().problems();
    }

    private void set(Key key, String attribute, Object value) {
        world.data.update(key, Update.builder().set(attribute, value).build(), Condition.itemExists());
    }

    private void remove(Key key, String attribute) {
        world.data.update(key, Update.builder().remove(attribute).build(), Condition.itemExists());
    }

    @Test
    void findsNothingWrongWithWhatIsRight() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void namesANumberThatIsMissing() {
        set(Keys.series(INVOICES), "last", 3L);

        assertThat(problems()).containsExactly("INV/25-26/000002 of IN-29 is missing", "INV/25-26/000003 of IN-29 is missing");
    }

    @Test
    void namesASeriesThatWasSetBack() {
        world.data.delete(Keys.series(INVOICES), Condition.NONE);

        assertThat(problems()).containsExactly("the series INV/25-26 of IN-29 is at 0 and has given INV/25-26/000001");
    }

    @Test
    void namesANumberThatLeadsToAPaymentWithoutIt() {
        set(Keys.payment(payment.id()), StoredPayment.INVOICE, "INV/25-26/000009");

        assertThat(problems()).containsExactly(
                "INV/25-26/000001 leads to payment#" + payment.id() + ", which does not name it",
                "INV/25-26/000009 is named by payment#" + payment.id() + " and was never given");
    }

    @Test
    void namesACreditNoteThatIsNowhere() {
        remove(Keys.refund(payment.id(), refund), "creditNote");

        assertThat(problems()).containsExactly(
                "CRN/25-26/000001 leads to payment#" + payment.id() + ", which does not name it",
                "refund#" + refund + " of payment#" + payment.id() + " has no credit note");
    }

    @Test
    void namesWhatWasSoldWithoutAnInvoiceSinceThereAreSome() {
        world.clock.advance(Duration.ofMinutes(1));
        Payment later = process.initiate("later");
        world.provider.pay(later.id());
        process.verify(later);
        remove(Keys.payment(later.id()), StoredPayment.INVOICE);
        world.data.delete(DocumentItem.key(INVOICES, 2), Condition.NONE);
        set(Keys.series(INVOICES), "last", 1L);

        assertThat(problems()).containsExactly("payment#" + later.id() + " was sold without an invoice");
    }

    @Test
    void whatWasSoldBeforeThereWereInvoicesNeedsNone() {
        remove(Keys.payment(payment.id()), StoredPayment.INVOICE);
        remove(Keys.refund(payment.id(), refund), "creditNote");
        world.data.delete(DocumentItem.key(INVOICES, 1), Condition.NONE);
        world.data.delete(Keys.series(INVOICES), Condition.NONE);
        DocumentSeries creditNotes = new DocumentSeries("IN-29", "CRN", "25-26");
        world.data.delete(DocumentItem.key(creditNotes, 1), Condition.NONE);
        world.data.delete(Keys.series(creditNotes), Condition.NONE);

        assertThat(problems()).isEmpty();
        world.clock.advance(Duration.ofMinutes(1));
        Payment later = process.initiate("later");
        world.provider.pay(later.id());

        assertThat(process.verify(later).invoiceNumber()).contains("INV/25-26/000001");
        assertThat(problems()).isEmpty();
    }
}
