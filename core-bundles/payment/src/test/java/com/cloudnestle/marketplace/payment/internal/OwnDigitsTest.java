package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server of people who have digits of their own: what nodes and tax offices compare is the same everywhere. */
class OwnDigitsTest {

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void inMarathi() {
        Locale.setDefault(Locale.forLanguageTag("mr-IN-u-nu-deva"));
        assertThat("%d".formatted(12)).as("what Java makes of it").isEqualTo("\u0967\u0968");
    }

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    @Test
    void numbersOfDocumentsAndKeysOfItemsAreAscii() {
        World world = new World();
        World.Process process = world.start();
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());
        assertThat(process.verify(payment).invoiceNumber()).contains("INV/25-26/000001");
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");

        assertThat(process.payments.receipt(world.ann, payment.id()).creditNotes()).extracting(CreditNote::number)
                .containsExactly("CRN/25-26/000001");
        for (Table table : Table.all()) {
            List<Item> items = ((StoreScan) world.data).scan(table, 1_000, null).items();
            assertThat(items).allSatisfy(item -> assertThat(item.key().pk() + item.key().sk()).matches("[ -~]*"));
        }
        assertThat(process.payments.search(null, null, 10, null).payments()).extracting(Payment::id).containsExactly(payment.id());
        world.assertBalanced();
    }
}
