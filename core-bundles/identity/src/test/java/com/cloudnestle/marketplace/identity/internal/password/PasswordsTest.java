package com.cloudnestle.marketplace.identity.internal.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.internal.People;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void knowsAPasswordInEverySpellingThatLooksAlike() {
        String phc = passwords.hash("\u00e9t\u00e9-\uff21-password");

        assertThat(passwords.verify("e\u0301te\u0301-A-password", Optional.of(phc))).isTrue();
        assertThat(passwords.verify("ete-A-password", Optional.of(phc))).isFalse();
        assertThat(passwords.outdated(phc)).isFalse();
    }

    @Test
    void doesTheSameWorkForNobody() {
        assertThat(passwords.verify("whatever-it-is", Optional.empty())).isFalse();

        assertThat(passwords.hashes()).isEqualTo(1);
    }

    @Test
    void refusesWorkWhenTooMuchIsUnderWay() {
        Passwords full = new Passwords(0, Duration.ofMillis(1));

        People.refused(Problem.TOO_MANY_REQUESTS, () -> full.hash("x"));
        assertThat(full.hashes()).isZero();
    }

    @Test
    void cutsWhatNoPasswordCanBe() {
        assertThat(Passwords.normalised("x".repeat(1_000_000))).hasSize(PasswordPolicy.MAX_INPUT);
    }
}
