package com.cloudnestle.marketplace.identity.internal.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {

    /** From the tests of the reference implementation, phc-winner-argon2. */
    @ParameterizedTest
    @ValueSource(strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    })
    void agreesWithTheReferenceImplementation(String phc) {
        assertThat(Argon2Hash.parse(phc).matches("password")).isTrue();
        assertThat(Argon2Hash.parse(phc).matches("Password")).isFalse();
        assertThat(Argon2Hash.parse(phc).phc()).isEqualTo(phc);
    }

    @Test
    void isMadeWithSaltAndTodaysWork() {
        Argon2Hash one = Argon2Hash.of("password");

        assertThat(one.phc()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(Argon2Hash.of("password").phc());
        assertThat(one.outdated()).isFalse();
        assertThat(Argon2Hash.parse(one.phc())).isEqualTo(one);
    }

    @Test
    void isOutdatedWhenItCostLess() {
        String less = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

        assertThat(Argon2Hash.parse(less).outdated()).isTrue();
    }

    @Test
    void refusesOtherFormsWithoutShowingThem() {
        assertThatIllegalStateException().isThrownBy(() -> Argon2Hash.parse("$2y$10$secret"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
