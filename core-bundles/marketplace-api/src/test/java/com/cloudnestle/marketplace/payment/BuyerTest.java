package com.cloudnestle.marketplace.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuyerTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800b", "\udc00", "a\0", "\u001b[31m"})
    void refusesWhatIsNoText(String odd) {
        for (String[] texts : new String[][] {{odd, ""}, {"", odd}}) {
            assertThatThrownBy(() -> new Buyer(texts[0], "IN", "29", "", texts[1])).isInstanceOfSatisfying(MarketplaceException.class,
                    refused -> assertThat(refused.problem()).isEqualTo(Problem.INVALID_FIELD));
        }
    }

    @Test
    void takesNamesOfAllScripts() {
        Buyer buyer = new Buyer("Zoë अनीता 𠮷野", "IN", "29", "", "1 Lake Road\nBengaluru");

        assertThat(buyer.name()).isEqualTo("Zoë अनीता 𠮷野");
    }
}
