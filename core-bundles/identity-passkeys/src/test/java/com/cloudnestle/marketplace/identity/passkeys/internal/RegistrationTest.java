package com.cloudnestle.marketplace.identity.passkeys.internal;

import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.CLIENT;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.ORIGIN;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Passkeys.Ceremony;
import com.cloudnestle.marketplace.identity.Passkeys.Passkey;
import com.cloudnestle.marketplace.notification.Mail;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    private final Marketplace market = new Marketplace();
    private final Account asha = market.accounts.add("asha@example.com", true);
    private final SoftAuthenticator laptop = new SoftAuthenticator(ORIGIN);

    private JsonNode options(Account account) {
        return SoftAuthenticator.read(market.passkeys.beginRegistration(account.id()).options());
    }

    @Test
    void asksForAPasskeyThatNeedsNoAddressAndVerifiesThePerson() {
        JsonNode options = options(asha);

        assertThat(options.at("/rp/id").asText()).isEqualTo("market.example.com");
        assertThat(options.at("/user/name").asText()).isEqualTo("asha@example.com");
        assertThat(options.at("/user/displayName").asText()).isEqualTo(asha.name());
        assertThat(options.at("/authenticatorSelection/residentKey").asText()).isEqualTo("required");
        assertThat(options.at("/authenticatorSelection/userVerification").asText()).isEqualTo("required");
        assertThat(options.at("/attestation").asText()).isEqualTo("none");
        assertThat(options.at("/pubKeyCredParams").findValuesAsText("alg")).containsExactly("-7", "-8", "-257");
        assertThat(SoftAuthenticator.decode(options.at("/challenge").asText())).hasSize(32);
    }

    @Test
    void everyChallengeAndTicketIsAnother() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
            seen.add(ceremony.ticket());
            seen.add(SoftAuthenticator.read(ceremony.options()).at("/challenge").asText());
        }
        assertThat(seen).hasSize(200);
    }

    @Test
    void theHandleOfAnAccountStaysAndTellsNothing() {
        String handle = options(asha).at("/user/id").asText();

        assertThat(options(asha).at("/user/id").asText()).isEqualTo(handle);
        assertThat(options(market.accounts.add("ben@example.com", true)).at("/user/id").asText()).isNotEqualTo(handle);
        assertThat(SoftAuthenticator.decode(handle)).hasSize(32);
    }

    @Test
    void keepsThePasskeyAndTellsThePerson() {
        Passkey made = market.register(asha, laptop);

        assertThat(made.id()).matches("psk_[0-9a-f]{32}");
        assertThat(made.name()).isEqualTo("Laptop");
        assertThat(made.createdAt()).isEqualTo(market.clock.instant());
        assertThat(made.usedAt()).isEmpty();
        assertThat(market.passkeys.ofAccount(asha.id())).containsExactly(made);
        assertThat(market.audit.events()).containsExactly("passkey.added");
        assertThat(market.audit.entries().get(0).details()).isEqualTo(Map.of("passkey", made.id()));
        Mail mail = market.mailer.last(Mail.Kind.SECURITY_CHANGED);
        assertThat(mail.to()).isEqualTo(asha.email());
        assertThat(mail.values()).isEqualTo(Map.of("what", "PASSKEY_ADDED:Laptop", "at", "2026-03-01 12:00 UTC",
                "device", "Chrome on Linux", "security_link", ORIGIN + "/account/security"));
    }

    @Test
    void oneAuthenticatorIsNotRegisteredTwice() {
        market.register(asha, laptop);

        assertThatIllegalStateException().isThrownBy(() -> market.register(asha, laptop)).withMessage("InvalidStateError");
    }

    @Test
    void tellsBrowsersHowToReachTheAuthenticator() {
        laptop.transports = "[\"internal\",\"hybrid\",\"<b>\",\"teleport\"]";
        market.register(asha, laptop);

        JsonNode excluded = options(asha).at("/excludeCredentials/0");
        assertThat(SoftAuthenticator.decode(excluded.at("/id").asText())).isEqualTo(laptop.credentialId());
        assertThat(excluded.at("/transports").toString()).isEqualTo("[\"hybrid\",\"internal\",\"teleport\"]");
    }

    @Test
    void aPasskeyWithoutNameIsCalledAfterTheBrowser() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());

        Passkey made = market.passkeys.register(asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), " ", CLIENT);

        assertThat(made.name()).isEqualTo("Chrome on Linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\ud800", "1234567890123456789012345678901234567890123456789012345678901"})
    void aNameThatCannotBeShownIsRefusedBeforeTheTicketIsUsed(String name) {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        String credential = laptop.create(ceremony.options());

        refused(Problem.INVALID_FIELD, () -> market.passkeys.register(asha.id(), ceremony.ticket(), credential, name, CLIENT));

        assertThat(market.passkeys.register(asha.id(), ceremony.ticket(), credential, "Laptop", CLIENT).name()).isEqualTo("Laptop");
    }

    @Test
    void aNameMayBeOfAnyScriptAndIsKeptAsText() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        String name = "<script>alert(1)</script> लैपटॉप \ud83d\udd11";

        market.passkeys.register(asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), name, CLIENT);

        assertThat(market.passkeys.ofAccount(asha.id()).get(0).name()).isEqualTo(name);
    }

    @TestFactory
    Stream<DynamicTest> refusesALie() {
        Map<String, Consumer<SoftAuthenticator>> lies = new HashMap<>();
        lies.put("another origin", it -> it.origin = "https://evil.example");
        lies.put("a look-alike origin", it -> it.origin = "https://market.example.com.evil.example");
        lies.put("a subdomain", it -> it.origin = "https://x.market.example.com");
        lies.put("another port", it -> it.origin = ORIGIN + ":8443");
        lies.put("http", it -> it.origin = "http://market.example.com");
        lies.put("another challenge", it -> it.challenge = Optional.of(new byte[32]));
        lies.put("no challenge", it -> it.challenge = Optional.of(new byte[0]));
        lies.put("another relying party", it -> it.rpId = Optional.of("evil.example"));
        lies.put("the domain above", it -> it.rpId = Optional.of("example.com"));
        lies.put("person not verified", it -> it.verifiesUser = false);
        lies.put("nobody there", it -> it.userPresent = false);
        lies.put("inside a page of others", it -> it.crossOrigin = true);
        return lies.entrySet().stream().map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
            SoftAuthenticator liar = new SoftAuthenticator(ORIGIN);
            lie.getValue().accept(liar);

            refused(Problem.INVALID_FIELD, () -> market.register(asha, liar));

            assertThat(market.passkeys.ofAccount(asha.id())).isEmpty();
            assertThat(market.mailer.mails()).isEmpty();
        }));
    }

    @Test
    void aSignInIsNoRegistration() {
        market.register(asha, laptop);
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());

        refused(Problem.INVALID_FIELD, () -> market.passkeys.register(
                asha.id(), ceremony.ticket(), laptop.get(ceremony.options()), "Laptop", CLIENT));
    }

    @Test
    void aTicketIsGoodOnce() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        market.passkeys.register(asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), "Laptop", CLIENT);
        String another = new SoftAuthenticator(ORIGIN).create(ceremony.options());

        refused(Problem.CODE_INVALID, () -> market.passkeys.register(asha.id(), ceremony.ticket(), another, "Phone", CLIENT));
    }

    @Test
    void aTicketIsUsedUpByAFailure() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        refused(Problem.INVALID_FIELD, () -> market.passkeys.register(asha.id(), ceremony.ticket(), "{}", "Laptop", CLIENT));

        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), "Laptop", CLIENT));
    }

    @Test
    void aTicketEndsAfterFiveMinutes() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        market.clock.advance(Duration.ofMinutes(5));

        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), "Laptop", CLIENT));
    }

    @Test
    void aTicketOfSomebodyElseOrForSomethingElseIsNone() {
        Account ben = market.accounts.add("ben@example.com", true);
        Ceremony ofAsha = market.passkeys.beginRegistration(asha.id());
        market.passkeys.beginRegistration(ben.id());
        Ceremony signIn = market.passkeys.beginSignIn(Optional.empty());

        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                ben.id(), ofAsha.ticket(), laptop.create(ofAsha.options()), "Laptop", CLIENT));
        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                asha.id(), signIn.ticket(), laptop.create(signIn.options()), "Laptop", CLIENT));
        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                asha.id(), "", laptop.create(ofAsha.options()), "Laptop", CLIENT));
    }

    @Test
    void aCredentialBelongsToOneAccount() {
        Account ben = market.accounts.add("ben@example.com", true);
        market.register(asha, laptop);
        Ceremony ceremony = market.passkeys.beginRegistration(ben.id());
        SoftAuthenticator thief = laptop.impostor();

        refused(Problem.INVALID_FIELD, () -> market.passkeys.register(
                ben.id(), ceremony.ticket(), thief.createAgain(ceremony.options()), "Mine now", CLIENT));

        assertThat(market.passkeys.ofAccount(ben.id())).isEmpty();
        assertThat(market.signIn(laptop).account()).isEqualTo(asha);
    }

    @Test
    void thereAreAtMostTwenty() {
        for (int i = 0; i < 19; i++) {
            market.register(asha, new SoftAuthenticator(ORIGIN));
        }
        Ceremony one = market.passkeys.beginRegistration(asha.id());
        market.register(asha, laptop);

        refused(Problem.CONFLICT, () -> market.passkeys.beginRegistration(asha.id()));
        refused(Problem.CONFLICT, () -> market.passkeys.register(
                asha.id(), one.ticket(), new SoftAuthenticator(ORIGIN).create(one.options()), "21st", CLIENT));
        assertThat(market.passkeys.ofAccount(asha.id())).hasSize(20);
    }

    @Test
    void nothingIsAddedToAnAccountThatIsErasedMeanwhile() {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        market.store.beforeNextWrite(() -> market.store.beforeNextWrite(() -> market.data.erase(asha.id(), "admin")));

        refused(Problem.CODE_INVALID, () -> market.passkeys.register(
                asha.id(), ceremony.ticket(), laptop.create(ceremony.options()), "Laptop", CLIENT));

        assertThat(market.passkeys.ofAccount(asha.id())).isEmpty();
    }

    @Test
    void nothingIsAddedToASuspendedOrUnknownAccount() {
        Account suspended = market.accounts.put(new Account("cus_00000000-0000-0000-0000-000000000001", asha.email(), "", "en",
                asha.roles(), true, true, false, asha.createdAt()));

        refused(Problem.NOT_ALLOWED, () -> market.passkeys.beginRegistration(suspended.id()));
        refused(Problem.CUSTOMER_UNKNOWN, () -> market.passkeys.beginRegistration("cus_nobody"));
    }
}
