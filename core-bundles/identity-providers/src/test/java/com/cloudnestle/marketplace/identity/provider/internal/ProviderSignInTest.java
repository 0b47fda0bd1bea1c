package com.cloudnestle.marketplace.identity.provider.internal;

import static com.cloudnestle.marketplace.identity.provider.internal.Market.CLIENT;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.goTo;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Finished;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Identity;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Start;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.notification.Mail;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an OpenID provider that runs as a process of its own. */
class ProviderSignInTest {

    private static MockOAuthServer server;

    private final Market market = new Market(Map.ofEntries(
            Map.entry("providers", "people, staff,doubtful"),
            Map.entry("people.issuer", server.issuer("people")), Map.entry("people.name", "People"),
            Map.entry("people.client_id", "market"), Map.entry("people.client_secret", "hush"),
            Map.entry("staff.issuer", server.issuer("staff")), Map.entry("staff.client_id", "market"),
            Map.entry("doubtful.issuer", server.issuer("doubtful")), Map.entry("doubtful.client_id", "market")));

    @BeforeAll
    static void startProvider(@TempDir Path folder) throws Exception {
        server = MockOAuthServer.start(folder,
                MockOAuthServer.person("people", "p-1", "Ann@Example.com", true, "Ann Other"),
                MockOAuthServer.person("staff", "s-1", "ann@example.com", true, "Ann at work"),
                MockOAuthServer.person("doubtful", "d-1", "ann@example.com", false, "Not Ann"));
    }

    @AfterAll
    static void stopProvider() {
        server.close();
    }

    @Test
    void listsProvidersInTheOperatorsOrder() {
        assertThat(market.signIn.providers()).containsExactly(
                new Provider("people", "People"), new Provider("staff", "staff"), new Provider("doubtful", "doubtful"));
    }

    @Test
    void theFirstSignInMakesAnAccountAndTheNextOnesFindIt() {
        String first = market.accountOf(market.signIn("people"));
        String second = market.accountOf(market.signIn("people"));

        assertThat(second).isEqualTo(first);
        Account made = market.accounts.find(first).orElseThrow();
        assertThat(made.email().value()).isEqualTo("ann@example.com");
        assertThat(made.name()).isEqualTo("Ann Other");
        assertThat(market.vouched.method).isEqualTo(Method.PROVIDER);
        assertThat(market.vouched.strong).isFalse();
        assertThat(market.audit.events()).containsExactly("identity.linked");
        assertThat(market.mailer.mails()).isEmpty(); // whoever makes an account knows how
    }

    @Test
    void aVerifiedAddressOpensTheAccountThatHasItAndItsOwnerIsTold() {
        Account ann = market.accounts.add("ann@example.com", true);

        assertThat(market.accountOf(market.signIn("people"))).isEqualTo(ann.id());

        Mail mail = market.mailer.last(Mail.Kind.SECURITY_CHANGED);
        assertThat(mail.to()).isEqualTo(ann.email());
        assertThat(mail.values()).containsEntry("what", "PROVIDER_ADDED:People").containsEntry("device", "Firefox");
        assertThat(market.signIn.ofAccount(ann.id())).containsExactly(new Identity("people", "Ann@Example.com"));
    }

    @Test
    void theLinkHoldsWhenTheAddressesDiffer() {
        Account bob = market.accounts.add("bob@example.com", true);

        assertThat(market.accountOf(market.link("people", bob.id()))).isEqualTo(bob.id());

        market.accounts.add("ann@example.com", true); // the address the provider tells
        assertThat(market.accountOf(market.signIn("people"))).isEqualTo(bob.id());
    }

    @Test
    void anAddressThatWasNotVerifiedOpensNothingAndTellsNothing() {
        var without = Market.failure(() -> market.signIn("doubtful"));
        market.accounts.add("ann@example.com", true);
        var with = Market.failure(() -> market.signIn("doubtful"));

        assertThat(with.problem().code()).isEqualTo("conflict");
        assertThat(with.getMessage()).isEqualTo(without.getMessage()).contains("does not vouch for your e-mail address");
        assertThat(market.accounts.all()).hasSize(1);
        assertThat(market.audit.events()).isEmpty();
    }

    @Test
    void anAddressThatWasNotVerifiedIsNoHindranceToWhoeverIsSignedIn() {
        Account bob = market.accounts.add("bob@example.com", true);

        assertThat(market.accountOf(market.link("doubtful", bob.id()))).isEqualTo(bob.id());
        assertThat(market.accountOf(market.signIn("doubtful"))).isEqualTo(bob.id());
    }

    @Test
    void anIdentityOpensOneAccountOnly() {
        Account ann = market.accounts.add("ann@example.com", true);
        Account bob = market.accounts.add("bob@example.com", true);
        market.link("people", ann.id());

        assertThat(problem(() -> market.link("people", bob.id()))).isEqualTo("conflict");

        assertThat(market.signIn.ofAccount(bob.id())).isEmpty();
        assertThat(market.accountOf(market.link("people", ann.id()))).isEqualTo(ann.id()); // again is no error
    }

    @Test
    void anAccountTakesNoSecondIdentityOfAProviderEvenWithItsAddress() {
        Account ann = market.accounts.add("ann@example.com", true);
        market.linked.add(ann.id(), "people", new ProviderAccount(URI.create(server.issuer("people")), "p-0", "ann", "",
                Optional.empty()));

        assertThat(problem(() -> market.signIn("people"))).isEqualTo("conflict");
    }

    @Test
    void anIdentityOfADeletedAccountIsFree() {
        String gone = market.accountOf(market.signIn("people"));
        new LinkedIdentityData(market.linked).erase(gone, gone);
        market.accounts.delete(gone, "test");
        assertThat(market.signIn.ofAccount(gone)).isEmpty();
        Account next = market.accounts.add("ann@example.com", true);

        assertThat(market.accountOf(market.signIn("people"))).isEqualTo(next.id());
    }

    @Test
    void anIdentityThatWasLeftBehindByADeletedAccountIsFreeToo() {
        market.accounts.delete(market.accountOf(market.signIn("people")), "test");
        Account next = market.accounts.add("bob@example.com", true);

        assertThat(market.accountOf(market.link("people", next.id()))).isEqualTo(next.id());
    }

    @Test
    void theReasonOfTheVisitComesBack() {
        Visit visit = new Visit("finder", "https://tools.example.com/finder?x=1#y",
                Optional.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        Start start = market.signIn.start("people", Optional.of(visit), Optional.empty(), CLIENT);

        Finished finished = market.signIn.finish("people", goTo(start.redirect()), start.browserSecret(), CLIENT);

        assertThat(finished.visit()).contains(visit);
    }

    @Test
    void asksWithProofKeyNonceAndStateAndTellsNoSecret() {
        Map<String, String> asked = Market.query(market.start("people").redirect());

        assertThat(asked).containsEntry("response_type", "code").containsEntry("client_id", "market")
                .containsEntry("redirect_uri", "http://localhost:8181/api/auth/providers/people/callback")
                .containsEntry("scope", "openid email profile").containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("nonce")).hasSize(43);
        assertThat(asked.get("code_challenge")).hasSize(43);
        assertThat(asked.values()).noneMatch(value -> value.contains("hush"));
    }

    @Test
    void anAnswerIsForOneBrowserAndOneTime() {
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());
        String other = market.start("people").browserSecret();

        assertThat(problem(() -> market.signIn.finish("people", answer, other, CLIENT))).isEqualTo("sign-in-refused");
        assertThat(problem(() -> market.signIn.finish("people", answer, "", CLIENT))).isEqualTo("sign-in-refused");
        assertThat(market.signIn.finish("people", answer, start.browserSecret(), CLIENT).step()).isNotNull();
        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
    }

    @Test
    void anAnswerIsForOneProvider() {
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());

        assertThat(problem(() -> market.signIn.finish("staff", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
        assertThat(problem(() -> market.signIn.finish("nobody", answer, start.browserSecret(), CLIENT))).isEqualTo("not-found");
        assertThat(problem(() -> market.start("nobody"))).isEqualTo("not-found");
    }

    @Test
    void anInventedStateOrNoneIsRefused() {
        Start start = market.start("people");
        Map<String, String> answer = new HashMap<>(goTo(start.redirect()));
        answer.put("state", "invented");
        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");

        answer.remove("state");
        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
    }

    @Test
    void anAnswerIsTooLateAfterTenMinutes() {
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());
        market.clock.advance(Duration.ofMinutes(10));

        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
    }

    @Test
    void aCodeOfAnotherCeremonyIsRefused() {
        Start victim = market.start("people");
        String stolen = goTo(victim.redirect()).get("code");
        Start thief = market.start("people");
        Map<String, String> answer = new HashMap<>(goTo(thief.redirect()));
        answer.put("code", stolen);

        assertThat(problem(() -> market.signIn.finish("people", answer, thief.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
        assertThat(market.accounts.all()).isEmpty();
    }

    @Test
    void aProviderCanBeRemovedWhileThereIsAnotherWayIn() {
        Account ann = market.accounts.add("ann@example.com", false);
        market.link("people", ann.id());
        market.link("staff", ann.id());

        market.signIn.unlink(ann.id(), "people", CLIENT);

        assertThat(market.signIn.ofAccount(ann.id())).extracting(Identity::providerId).containsExactly("staff");
        assertThat(problem(() -> market.signIn.unlink(ann.id(), "staff", CLIENT))).isEqualTo("conflict");
        assertThat(problem(() -> market.signIn.unlink(ann.id(), "people", CLIENT))).isEqualTo("not-found");
        assertThat(market.audit.events()).endsWith("identity.unlinked");
        assertThat(market.mailer.last(Mail.Kind.SECURITY_CHANGED).values())
                .containsEntry("what", "PROVIDER_REMOVED:People");
    }

    @Test
    void aPasswordIsAnotherWayInAndAProviderThatIsNotConfiguredIsNone() {
        Account ann = market.accounts.add("ann@example.com", true);
        market.link("people", ann.id());
        market.signIn.unlink(ann.id(), "people", CLIENT);
        assertThat(market.signIn.ofAccount(ann.id())).isEmpty();

        Account bob = market.accounts.add("bob@example.com", false);
        market.link("people", bob.id());
        market.linked.add(bob.id(), "former", new ProviderAccount(URI.create("https://former.example"), "f-1", "bob", "",
                Optional.empty()));
        assertThat(problem(() -> market.signIn.unlink(bob.id(), "people", CLIENT))).isEqualTo("conflict");
    }

    @Test
    void peopleGetWhatIsKeptOfThem() {
        Account ann = market.accounts.add("ann@example.com", true);
        market.link("people", ann.id());

        assertThat(new LinkedIdentityData(market.linked).export(ann.id()))
                .contains("\"provider\":\"people\"", "\"account\":\"Ann@Example.com\"", "\"linked_at\":\"2026-11-21T12:00:00Z\"");
        assertThat(new LinkedIdentityData(market.linked).export("cus_nobody")).isEqualTo("[]");
    }
}
