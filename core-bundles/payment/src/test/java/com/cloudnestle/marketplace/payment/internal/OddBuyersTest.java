package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddBuyersTest {

    private final World world = new World();
    private final World.Process process = world.start();

    @Test
    void whoIsRegisteredInIndiaIsNotAbroad() {
        Buyer evading = new Buyer("Lake Stores", "US", "", "29AAACL1234C1Z1", "");

        assertThatThrownBy(() -> process.payments.quote(world.ann, World.FINDER, "pro", evading))
                .isInstanceOfSatisfying(MarketplaceException.class, refused -> {
                    assertThat(refused.problem()).isEqualTo(Problem.INVALID_FIELD);
                    assertThat(refused).hasMessageContaining("buyer.country");
                });
        Buyer abroad = new Buyer("Lake Stores", "US", "", "12-3456789", "");
        assertThat(process.payments.quote(world.ann, World.FINDER, "pro", abroad).total()).as("in rupees").isEqualTo(World.TOTAL);
    }

    /** They make a name read as another one, and a line of an invoice as another line. */
    @ParameterizedTest
    @ValueSource(strings = {"\u202eynapmoC", "a\u202a", "\u2066a\u2069", "a\u2028b", "a\u2029b"})
    void namesAndAddressesDoNotTurnAroundWhatStandsBesideThem(String odd) {
        Payment before = process.initiate("before");
        world.data.update(Keys.payment(before.id()), Update.builder().set(StoredPayment.BUYER_NAME, odd).build(), Condition.itemExists());

        refused("buyer.name", new Buyer(odd, "IN", "29", "", ""));
        refused("buyer.address", new Buyer("", "IN", "29", "", odd));
        assertThat(process.find(before).buyer().name()).as("of a payment that has it already").isEqualTo(odd);
    }

    @Test
    void namesOfAllScriptsAndAddressesOfSeveralLinesAreTaken() {
        Buyer buyer = new Buyer("Zoë अनीता שרה 𠮷野", "IN", "29", "", "1 Lake Road\nBengaluru");

        assertThat(bought(buyer).buyer()).isEqualTo(buyer);
    }

    private Payment bought(Buyer buyer) {
        return process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", buyer, null, null, "k"));
    }

    private void refused(String field, Buyer buyer) {
        assertThatThrownBy(() -> bought(buyer)).isInstanceOfSatisfying(MarketplaceException.class,
                e -> assertThat(e.fieldErrors()).extracting("field").containsExactly(field));
    }

    @Test
    void paymentsToStatesThatAreNoMoreAreReadAsBefore() {
        Payment before = process.initiate("before");
        world.data.update(Keys.payment(before.id()), Update.builder().set("buyerRegion", "28").build(), Condition.itemExists());

        assertThat(process.find(before).buyer().region()).isEqualTo("28");
        world.provider.pay(before.id());
        assertThat(process.verify(before).invoiceNumber()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "cus_\0", "cus_\ud800"})
    void whomNobodyCanBeHasNoPayments(String customerId) {
        process.initiate("k");

        assertThat(process.payments.search(null, customerId, 50, null).payments()).isEmpty();
        assertThat(process.payments.search(null, customerId + "x".repeat(5000), 50, null).payments()).isEmpty();
        assertThat(process.payments.search(null, world.ann, 50, null).payments()).hasSize(1);
    }
}
