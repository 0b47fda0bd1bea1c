package com.cloudnestle.marketplace.identity.internal.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final EmailAddress EMAIL = EmailAddress.parse("email", "annabel@example.com");
    private final PasswordPolicy policy = new PasswordPolicy();

    @ParameterizedTest
    @ValueSource(strings = {
        "plum-otter-glider-47", "correct horse battery staple", "\u0909\u0924\u094d\u0924\u0930-\u0926\u093f\u0936\u093e-\u0928\u0926\u0940-\u092a\u0930\u094d\u0935\u0924", "tHq8!vLm2#zR",
    })
    void takesWhatIsHardToGuess(String password) {
        assertThatCode(() -> policy.check("password", password, EMAIL)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "short-9x, at least 10",
        "password123, too easy",
        "P@ssw0rd123, too easy",
        "qwertyuiop, too easy",
        "1234567890, too easy",
        "iloveyou123, too easy",
        "aaaaaaaaaaaaaa, too easy",
        "Annabel-7391-kx, e-mail address",
        "CloudNestle-7391-kx, name of this service",
    })
    void refusesWhatIsTriedFirst(String password, String why) {
        refused(password, why);
    }

    @Test
    void refusesWhatIsTooLongBeforeItCostsAnything() {
        refused("x7!".repeat(70), "at most 200");
        refused("x".repeat(1_000_000), "at most 200");
        refused("\ufdfa".repeat(30), "at most 200"); // each becomes eighteen characters
    }

    @Test
    void countsWhatIsLeftAfterNormalising() {
        refused("e\u0301a\u0301i\u0301o\u0301u\u0301", "at least 10"); // ten code points, five letters
    }

    private void refused(String password, String why) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> policy.check("password", password, EMAIL))
                .satisfies(e -> assertThat(e.getMessage()).startsWith("password: ").contains(why).doesNotContain("7391"));
    }
}
