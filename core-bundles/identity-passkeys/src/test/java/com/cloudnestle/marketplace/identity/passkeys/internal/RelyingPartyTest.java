package com.cloudnestle.marketplace.identity.passkeys.internal;

import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelyingPartyTest {

    @ParameterizedTest
    @CsvSource({
        "https://market.example.com, https://market.example.com, market.example.com",
        "https://Market.Example.com/, https://market.example.com, market.example.com",
        "https://market.example.com:443/shop, https://market.example.com, market.example.com",
        "https://market.example.com:8443, https://market.example.com:8443, market.example.com",
        "http://localhost:8181, http://localhost:8181, localhost",
        "http://localhost:80, http://localhost, localhost",
        "http://market.localhost:8181, http://market.localhost:8181, market.localhost",
    })
    void isTheNameInThePublicAddress(String publicUrl, String origin, String id) {
        RelyingParty party = new RelyingParty(publicUrl);

        assertThat(party.origin()).isEqualTo(origin);
        assertThat(party.id()).isEqualTo(id);
        assertThat(party.securityPage()).isEqualTo(origin + "/account/security");
    }

    @Test
    void isThisMachineWithoutConfiguration() {
        RelyingParty party = new RelyingParty(" ");

        assertThat(party.id()).isEqualTo("localhost");
        assertThat(party.origin()).matches("http://localhost:[0-9]+");
    }

    @Test
    void readsBothSpellingsOfItsKey() {
        assertThat(new RelyingParty(config("https://a.example", "")).id()).isEqualTo("a.example");
        assertThat(new RelyingParty(config("", "https://b.example")).id()).isEqualTo("b.example");
    }

    private static RelyingParty.Config config(String dotted, String underscored) {
        return new RelyingParty.Config() {
            @Override
            public String public_url() {
                return dotted;
            }

            @Override
            public String public__url() {
                return underscored;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return RelyingParty.Config.class;
            }
        };
    }

    /** Browsers would refuse, with a message that helps nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8181", "https://192.0.2.1", "https://[2001:db8::1]", "http://market.example.com"})
    void whereBrowsersMakeNoPasskeysNoneAreBegun(String publicUrl) {
        Marketplace market = new Marketplace(publicUrl);
        Account asha = market.accounts.add("asha@example.com", true);

        refused(Problem.CONFLICT, () -> market.passkeys.beginRegistration(asha.id()));
        refused(Problem.CONFLICT, () -> market.passkeys.beginSignIn(Optional.empty()));
        assertThat(market.passkeys.ofAccount(asha.id())).isEmpty();
    }

    @Test
    void worksOnLocalhostWithAPort() {
        Marketplace market = new Marketplace("http://localhost:8181");
        Account asha = market.accounts.add("asha@example.com", true);
        SoftAuthenticator laptop = new SoftAuthenticator("http://localhost:8181");
        market.register(asha, laptop);

        assertThat(market.signIn(laptop).account()).isEqualTo(asha);
        laptop.origin = "http://localhost:8182";
        refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(laptop));
    }

    @ParameterizedTest
    @ValueSource(strings = {"market.example.com", "/", "https://", "https://a b"})
    void whatIsNoAddressIsAnError(String publicUrl) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RelyingParty(publicUrl));
    }
}
