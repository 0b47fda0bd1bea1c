package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
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
        assertThat(process.payments.quote(world.ann, World.FINDER, "pro", abroad).taxes()).isEmpty();
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
