package com.cloudnestle.marketplace.identity.passkeys.internal;

import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.CLIENT;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.ORIGIN;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Passkeys.Ceremony;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.notification.Mail;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignInTest {

    private final Marketplace market = new Marketplace();
    private final Account asha = market.accounts.add("asha@example.com", true);
    private final Account ben = market.accounts.add("ben@example.com", true);
    private final SoftAuthenticator laptop = new SoftAuthenticator(ORIGIN);

    private Ceremony begin() {
        return market.passkeys.beginSignIn(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void opensASessionForTheOwner(SoftAuthenticator.Algorithm algorithm) {
        SoftAuthenticator key = new SoftAuthenticator(ORIGIN, algorithm);
        market.register(asha, key);

        SignIn.Done done = market.signIn(key);

        assertThat(done.account()).isEqualTo(asha);
        assertThat(done.session().session().method()).isEqualTo(SignIn.Method.PASSKEY);
        assertThat(market.sessions.authenticate(done.session().secret())).isPresent();
    }

    @Test
    void asksNobodyInParticularAndTellsNoCredentials() {
        market.register(asha, laptop);

        JsonNode options = SoftAuthenticator.read(begin().options());

        assertThat(options.at("/rpId").asText()).isEqualTo("market.example.com");
        assertThat(options.at("/userVerification").asText()).isEqualTo("required");
        assertThat(options.at("/allowCredentials")).isEmpty();
        assertThat(SoftAuthenticator.decode(options.at("/challenge").asText())).hasSize(32);
    }

    @Test
    void noticesTheUse() {
        market.register(asha, laptop);
        market.clock.advance(Duration.ofDays(1));

        market.signIn(laptop);

        assertThat(market.passkeys.ofAccount(asha.id()).get(0).usedAt()).contains(market.clock.instant());
    }

    @TestFactory
    Stream<DynamicTest> refusesALie() {
        market.register(asha, laptop);
        Map<String, Consumer<SoftAuthenticator>> lies = new HashMap<>();
        lies.put("another origin", it -> it.origin = "https://evil.example");
        lies.put("a look-alike origin", it -> it.origin = "https://market.example.com.evil.example");
        lies.put("a subdomain", it -> it.origin = "https://x.market.example.com");
        lies.put("another port", it -> it.origin = ORIGIN + ":8443");
        lies.put("http", it -> it.origin = "http://market.example.com");
        lies.put("another challenge", it -> it.challenge = Optional.of(new byte[32]));
        lies.put("another relying party", it -> it.rpId = Optional.of("evil.example"));
        lies.put("the domain above", it -> it.rpId = Optional.of("example.com"));
        lies.put("person not verified", it -> it.verifiesUser = false);
        lies.put("nobody there", it -> it.userPresent = false);
        lies.put("inside a page of others", it -> it.crossOrigin = true);
        lies.put("signature changed", it -> it.changesSignature = true);
        lies.put("handle of nobody", it -> it.userHandle = Optional.of(new byte[32]));
        lies.put("no handle", it -> it.tellsUserHandle = false);
        lies.put("suddenly copied to other devices", it -> it.backup = true);
        return lies.entrySet().stream().map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
            SoftAuthenticator liar = laptop.copy();
            liar.countsBy = 100;
            lie.getValue().accept(liar);

            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(liar));

            assertThat(market.sessions.ofAccount(asha.id())).isEmpty();
            assertThat(market.passkeys.ofAccount(asha.id()).get(0).usedAt()).as("a refusal changes nothing").isEmpty();
            assertThat(market.mailer.kinds()).as("nor is it news").hasSize(1);
        }));
    }

    @Test
    void theNameOfACredentialIsNotItsKey() {
        market.register(asha, laptop);

        refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(laptop.impostor()));
    }

    @Test
    void aForeignPasskeyDoesNotOpenTheAccountItNames() {
        SoftAuthenticator bens = new SoftAuthenticator(ORIGIN);
        market.register(asha, laptop);
        market.register(ben, bens);
        bens.userHandle = Optional.of(market.items.handle(asha.id()));

        refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(bens));
    }

    @Test
    void anUnknownPasskeyIsRefusedInTheSameWords() {
        market.register(asha, laptop);
        SoftAuthenticator stranger = new SoftAuthenticator(ORIGIN);
        stranger.create(market.passkeys.beginRegistration(ben.id()).options());

        String unknown = message(stranger);
        laptop.changesSignature = true;

        assertThat(unknown).isEqualTo(message(laptop));
    }

    private String message(SoftAuthenticator authenticator) {
        try {
            market.signIn(authenticator);
        } catch (MarketplaceException e) {
            return e.problem() + e.getMessage();
        }
        throw new AssertionError("signed in");
    }

    @Test
    void aTicketIsGoodOnce() {
        market.register(asha, laptop);
        Ceremony ceremony = begin();
        String proof = laptop.get(ceremony.options());
        market.passkeys.signIn(ceremony.ticket(), proof, CLIENT);

        refused(Problem.CODE_INVALID, () -> market.passkeys.signIn(ceremony.ticket(), proof, CLIENT));
        refused(Problem.CODE_INVALID, () -> market.passkeys.signIn(ceremony.ticket(), laptop.get(ceremony.options()), CLIENT));
        assertThat(market.sessions.ofAccount(asha.id())).hasSize(1);
    }

    @Test
    void aTicketIsGoodOnceForTwoAtTheSameMoment() {
        market.register(asha, laptop);
        laptop.countsBy = 0;
        laptop.counter = 0;
        Ceremony ceremony = begin();
        String proof = laptop.get(ceremony.options());
        market.store.beforeNextWrite(() -> market.passkeys.signIn(ceremony.ticket(), proof, CLIENT));

        refused(Problem.CODE_INVALID, () -> market.passkeys.signIn(ceremony.ticket(), proof, CLIENT));
        assertThat(market.sessions.ofAccount(asha.id())).hasSize(1);
    }

    @Test
    void aProofIsGoodForItsTicketOnly() {
        market.register(asha, laptop);
        String overheard = laptop.get(begin().options());

        refused(Problem.SIGN_IN_REFUSED, () -> market.passkeys.signIn(begin().ticket(), overheard, CLIENT));
    }

    @Test
    void aTicketEndsAfterFiveMinutes() {
        market.register(asha, laptop);
        Ceremony ceremony = begin();
        market.clock.advance(Duration.ofMinutes(5));

        refused(Problem.CODE_INVALID, () -> market.passkeys.signIn(ceremony.ticket(), laptop.get(ceremony.options()), CLIENT));
    }

    @Test
    void aTicketForSomethingElseIsNone() {
        market.register(asha, laptop);
        Ceremony registration = market.passkeys.beginRegistration(asha.id());

        refused(Problem.CODE_INVALID,
                () -> market.passkeys.signIn(registration.ticket(), laptop.get(registration.options()), CLIENT));
    }

    @Test
    void aRemovedPasskeyIsNoneAnyMore() {
        String id = market.register(asha, laptop).id();
        market.passkeys.remove(asha.id(), id, CLIENT);

        refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(laptop));
    }

    @Nested
    class AsASecondStep {

        private Ceremony begin() {
            market.signIn.ticketHolders.put("after-password", asha.id());
            return market.passkeys.beginSignIn(Optional.of("after-password"));
        }

        @Test
        void theAccountsPasskeysAreNamed() {
            market.register(asha, laptop);
            market.register(ben, new SoftAuthenticator(ORIGIN));

            JsonNode allowed = SoftAuthenticator.read(begin().options()).at("/allowCredentials");

            assertThat(allowed).hasSize(1);
            assertThat(SoftAuthenticator.decode(allowed.at("/0/id").asText())).isEqualTo(laptop.credentialId());
        }

        @Test
        void theAuthenticatorNeedNotTellWhoseItIs() {
            market.register(asha, laptop);
            laptop.tellsUserHandle = false;
            Ceremony ceremony = begin();

            assertThat(market.passkeys.signIn(ceremony.ticket(), laptop.get(ceremony.options()), CLIENT).account()).isEqualTo(asha);
        }

        @Test
        void thePasskeyOfAnotherAccountIsRefused() {
            SoftAuthenticator bens = new SoftAuthenticator(ORIGIN);
            market.register(asha, laptop);
            market.register(ben, bens);
            Ceremony ceremony = begin();

            refused(Problem.SIGN_IN_REFUSED,
                    () -> market.passkeys.signIn(ceremony.ticket(), bens.get(ceremony.options()), CLIENT));
            assertThat(market.sessions.ofAccount(ben.id())).isEmpty();
        }

        @Test
        void aTicketNobodyHoldsBeginsNothing() {
            refused(Problem.CODE_INVALID, () -> market.passkeys.beginSignIn(Optional.of("made up")));
        }

        @Test
        void anAccountWithoutPasskeysHasNoSuchStep() {
            refused(Problem.SIGN_IN_REFUSED, this::begin);
        }
    }

    @Nested
    class TheCounter {

        @Test
        void ofACopyFallsBehindAndIsRefusedAndTold() {
            market.register(asha, laptop);
            SoftAuthenticator copy = laptop.copy();
            market.signIn(laptop);
            market.signIn(laptop);
            market.mailer.clear();

            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(copy));

            assertThat(market.sessions.ofAccount(asha.id())).hasSize(2);
            assertThat(market.audit.events()).endsWith("passkey.counter-went-back");
            Mail mail = market.mailer.last(Mail.Kind.SECURITY_CHANGED);
            assertThat(mail.to()).isEqualTo(asha.email());
            assertThat(mail.values()).containsEntry("what",
                    "PASSKEY_COPIED:Laptop");
        }

        @Test
        void thatStandsStillIsRefused() {
            market.register(asha, laptop);
            market.signIn(laptop);
            laptop.countsBy = 0;

            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(laptop));
        }

        @Test
        void isToldOnceADay() {
            market.register(asha, laptop);
            SoftAuthenticator copy = laptop.copy();
            copy.countsBy = 0;
            copy.counter = 1;
            market.signIn(laptop);
            market.mailer.clear();

            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(copy));
            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(copy));
            assertThat(market.mailer.mails()).hasSize(1);

            market.clock.advance(Duration.ofDays(1));
            refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(copy));
            assertThat(market.mailer.mails()).hasSize(2);
        }

        @Test
        void isNotAskedOfAuthenticatorsThatDoNotCount() {
            laptop.countsBy = 0;
            market.register(asha, laptop);

            market.signIn(laptop);
            market.signIn(laptop);

            assertThat(market.sessions.ofAccount(asha.id())).hasSize(2);
        }

        @Test
        void isLookedAtAgainWhenAnotherSignInWasFaster() {
            market.register(asha, laptop);
            SoftAuthenticator copy = laptop.copy();
            copy.counter = 9;
            Ceremony ceremony = SignInTest.this.begin();
            // The first write uses the ticket up, the second keeps the counter.
            market.store.beforeNextWrite(() -> market.store.beforeNextWrite(() -> market.signIn(copy)));

            refused(Problem.SIGN_IN_REFUSED,
                    () -> market.passkeys.signIn(ceremony.ticket(), laptop.get(ceremony.options()), CLIENT));
            assertThat(market.audit.events()).endsWith("passkey.counter-went-back");
            assertThat(market.sessions.ofAccount(asha.id())).hasSize(1);
        }
    }
}
