package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GstinTest {

    @ParameterizedTest
    @ValueSource(strings = {"27AAPFU0939F1ZV", "36AAACL1234C1Z6", "29AAACL1234C1Z1"})
    void acceptsNumbersWhoseCheckDigitIsRight(String gstin) {
        assertThat(Gstin.valid(gstin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "27AAPFU0939F1ZW", // another check digit
        "27AAPFU0993F1ZV", // two digits swapped
        "27AAPFU0939F1Z", "", "27aapfu0939f1zv", "00AAPFU0939F1ZV", "27AAPFU0939F0ZV"})
    void refusesOthers(String gstin) {
        assertThat(Gstin.valid(gstin)).isFalse();
    }

    @Test
    void refusesAStateThatThereIsNot() {
        String first = "45AAPFU0939F1Z";

        assertThat(Gstin.valid(first + Gstin.check(first))).isFalse();
    }

    @Test
    void noticesEverySingleWrongCharacter() {
        String right = "29AAACL1234C1Z1";
        for (int i = 0; i < right.length(); i++) {
            for (char c : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
                String other = right.substring(0, i) + c + right.substring(i + 1);
                assertThat(Gstin.valid(other)).as(other).isEqualTo(other.equals(right));
            }
        }
    }
}
