package com.cloudnestle.marketplace.identity.provider.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderAccountTest {

    private static ProviderAccount named(String name) {
        return new ProviderAccount(URI.create("https://i.example"), "s", "l", name, Optional.empty());
    }

    @Test
    void namesLoseWhatIsNoTextAndKeepWhatIs() {
        assertThat(named(" Ann\r\nSubject: x\u202Egpj ").name()).isEqualTo("AnnSubject: xgpj");
        assertThat(named("\u0915\u094D\u200D\u0937").name()).isEqualTo("\u0915\u094D\u200D\u0937"); // joiners belong to Hindi
        assertThat(named("x".repeat(79) + "\uD83D\uDE00").name()).isEqualTo("x".repeat(79)); // no half characters
        assertThat(named("a\uD83Db").name()).isEqualTo("ab");
    }

    @Test
    void aSubjectHasOneTo255Characters() {
        for (String subject : new String[] {"", "x".repeat(256)}) {
            assertThatIllegalArgumentException().isThrownBy(
                    () -> new ProviderAccount(URI.create("https://i.example"), subject, "", "", Optional.empty()));
        }
    }
}
