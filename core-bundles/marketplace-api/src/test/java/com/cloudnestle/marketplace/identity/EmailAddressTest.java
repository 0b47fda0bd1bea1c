package com.cloudnestle.marketplace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void spellingsOfOneAddressAreOne() {
        assertThat(EmailAddress.parse("user_email", "  Ann.Lee@Example.COM "))
                .isEqualTo(EmailAddress.parse("user_email", "ann.lee@example.com"));
        // the same letter, composed and decomposed
        assertThat(EmailAddress.parse("user_email", "jos\u00e9@example.com"))
                .isEqualTo(EmailAddress.parse("user_email", "jose\u0301@example.com"));
    }

    @Test
    void plusTagsAndDotsAreDifferentMailboxes() {
        assertThat(EmailAddress.parse("e", "a.b@example.com")).isNotEqualTo(EmailAddress.parse("e", "ab@example.com"));
        assertThat(EmailAddress.parse("e", "a+1@example.com")).isNotEqualTo(EmailAddress.parse("e", "a@example.com"));
    }

    @Test
    void vowelSignsBelongToLetters() {
        assertThat(EmailAddress.parse("email", "संपर्क@उदाहरण.भारत").value()).isEqualTo("संपर्क@उदाहरण.भारत");
    }

    @Test
    void aDomainForMachinesIsTheOneForPeople() {
        assertThat(EmailAddress.parse("email", "x@xn--mnchen-3ya.example")).isEqualTo(EmailAddress.parse("email", "x@M\u00fcnchen.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@fa\u00df.de", "x@\u03b2\u03cc\u03bb\u03bf\u03c2.example", "x@\uff45xample.com", "x@exam\u2488com.de"})
    void refusesADomainThatIsAnotherForMailServers(String text) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> EmailAddress.parse("email", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "@", "a@", "@b.co", "a b@c.de", "a@b", "a@b@c.de", "a@b..de", ".a@b.de", "a.@b.de", "a@.de", "a@b.", "a\n@b.de",
        "a@b.de\u0000", "<a@b.de>", "\"a b\"@c.de", "a@b.de,c@d.de", "a@-b.de\r\nbcc: x@y.z"
    })
    void refusesWhatIsNoAddressNamingTheField(String text) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> EmailAddress.parse("user_email", text))
                .satisfies(e -> {
                    assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD);
                    assertThat(e.fieldErrors()).singleElement().extracting("field").isEqualTo("user_email");
                });
    }

    @Test
    void refusesMoreThan254Characters() {
        String tooLong = "a@" + "b".repeat(250) + ".de";

        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> EmailAddress.parse("e", tooLong));
    }
}
