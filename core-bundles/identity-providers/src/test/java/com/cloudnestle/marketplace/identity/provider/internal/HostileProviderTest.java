package com.cloudnestle.marketplace.identity.provider.internal;

import static com.cloudnestle.marketplace.identity.provider.internal.ForgedProvider.signed;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.CLIENT;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.goTo;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Finished;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Start;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider, or somebody between, that says what it should not, or nothing. */
class HostileProviderTest {

    /** Makes an ID token. */
    @FunctionalInterface
    private interface Forger {
        String token(JWTClaimsSet.Builder claims) throws Exception;
    }

    /** With a provider that answers what it is asked for before, and not this. */
    private static final Duration HASTY = Duration.ofSeconds(4);

    private ForgedProvider provider;
    private Market market;

    @BeforeEach
    void start() throws Exception {
        provider = new ForgedProvider();
        market = Market.of(provider.url());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    /** Signs in with what the forger makes of claims that are all right. */
    private Finished signIn(Forger forger) {
        Start start = market.start("people");
        try {
            provider.hands(forger.token(provider.claims(Market.query(start.redirect()).get("nonce"))));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return market.signIn.finish("people", goTo(start.redirect()), start.browserSecret(), CLIENT);
    }

    private void refused(Forger forger) {
        assertThat(problem(() -> signIn(forger))).isEqualTo("sign-in-refused");
        assertThat(market.accounts.all()).isEmpty();
    }

    @Test
    void believesAGoodToken() {
        Finished finished = signIn(ForgedProvider::signed);

        assertThat(market.accounts.find(market.accountOf(finished)).orElseThrow().email().value()).isEqualTo("ann@example.com");
        ScriptedServer.Asked redeemed = provider.asked("/token").get(0);
        assertThat(redeemed.headers().get("authorization")).startsWith("Basic ");
        assertThat(redeemed.body()).contains("code=c-1", "code_verifier=").doesNotContain("client_secret");
    }

    @Test
    void refusesATokenThatNobodySigned() {
        refused(ForgedProvider::unsigned);
    }

    @Test
    void refusesATokenSignedWithTheClientsOwnSecret() {
        refused(ForgedProvider::signedWithSecret);
    }

    @Test
    void refusesATokenSignedByAnotherKey() {
        refused(ForgedProvider::signedByAnother);
    }

    @Test
    void refusesATokenForAnotherCeremony() {
        refused(claims -> signed(claims.claim("nonce", "another")));
        refused(claims -> signed(claims.claim("nonce", null)));
    }

    @Test
    void refusesATokenForAnotherClient() {
        refused(claims -> signed(claims.audience("another")));
        refused(claims -> signed(claims.audience(List.of("market", "another")).claim("azp", "another")));
        refused(claims -> signed(claims.audience(List.of("market", "another"))));
        refused(claims -> signed(claims.claim("azp", "another")));
        assertThat(signIn(claims -> signed(claims.claim("azp", "market")))).isNotNull();
    }

    @Test
    void refusesATokenOfAnotherIssuer() {
        refused(claims -> signed(claims.issuer("https://accounts.example.com")));
    }

    @Test
    void refusesATokenThatHasExpiredOrNeverDoes() {
        refused(claims -> signed(claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))));
        refused(claims -> signed(claims.expirationTime(null)));
    }

    @Test
    void refusesATokenOfTheFutureOrOfNobody() {
        refused(claims -> signed(claims.issueTime(Date.from(Instant.now().plusSeconds(600)))));
        refused(claims -> signed(claims.subject(null)));
    }

    @Test
    void anAddressNobodyVerifiedOpensNothing() {
        for (Object said : new Object[] {false, "false", "yes", 1}) {
            assertThat(problem(() -> signIn(claims -> signed(claims.claim("email_verified", said))))).isEqualTo("conflict");
        }
        assertThat(problem(() -> signIn(claims -> signed(claims.claim("email_verified", null))))).isEqualTo("conflict");
        assertThat(problem(() -> signIn(claims -> signed(claims.claim("email", "no address"))))).isEqualTo("conflict");
        assertThat(problem(() -> signIn(claims -> signed(claims.claim("email", null))))).isEqualTo("conflict");
        assertThat(market.accounts.all()).isEmpty();
    }

    @Test
    void takesTheAddressFromTheUserInfoOfTheSamePersonOnly() {
        provider.extra = ",\"userinfo_endpoint\":\"" + provider.url() + "/userinfo\"";
        provider.json("/userinfo", 200, "{\"sub\":\"s-2\",\"email\":\"ann@example.com\",\"email_verified\":\"true\"}");
        refused(claims -> signed(claims.claim("email", null)));

        provider.json("/userinfo", 200, "{\"sub\":\"s-1\",\"email\":\"ann@example.com\",\"email_verified\":\"true\"}");
        assertThat(market.accountOf(signIn(claims -> signed(claims.claim("email", null)))))
                .isEqualTo(market.accounts.all().get(0).id());
        assertThat(provider.asked("/userinfo").get(1).headers()).containsEntry("authorization", "Bearer at-1");
    }

    @Test
    void anAccessTokenOfAKindItDoesNotKnowIsOfNoUse() {
        provider.extra = ",\"userinfo_endpoint\":\"" + provider.url() + "/userinfo\"";
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());
        provider.json("/token", 200, "{\"access_token\":\"at-1\",\"token_type\":\"mac\"}");

        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("provider-unavailable");
    }

    @Test
    void aNamedIssuerMustBeTheRightOneAndAPromisedOneMustBeNamed() {
        provider.extra = ",\"authorization_response_iss_parameter_supported\":true";
        refused(ForgedProvider::signed); // promised, not named
        assertThat(finish(Map.of("iss", "https://another.example"))).isEqualTo("sign-in-refused");
        assertThat(finish(Map.of("iss", provider.url()))).isEqualTo("signed in");
    }

    @Test
    void anIssuerThatWasNotPromisedMustBeRightAsWell() {
        assertThat(finish(Map.of("iss", "https://another.example"))).isEqualTo("sign-in-refused");
    }

    @Test
    void whatTheProviderRefusesIsRefused() {
        Start start = market.start("people");
        Map<String, String> no = new HashMap<>(Map.of("error", "access_denied", "error_description", "<b>no</b>"));
        no.put("state", Market.query(start.redirect()).get("state"));

        var failure = Market.failure(() -> market.signIn.finish("people", no, start.browserSecret(), CLIENT));

        assertThat(failure.problem().code()).isEqualTo("sign-in-refused");
        assertThat(failure.getMessage()).isEqualTo("You did not allow signing in with People.");
    }

    /** A good sign-in but for what is added to the browser's answer: the problem's code, or {@code signed in}. */
    private String finish(Map<String, String> added) {
        Start start = market.start("people");
        Map<String, String> asked = Market.query(start.redirect());
        Map<String, String> answer = new HashMap<>(Map.of("code", "c-1", "state", asked.get("state")));
        answer.putAll(added);
        try {
            provider.hands(signed(provider.claims(asked.get("nonce"))));
            market.signIn.finish("people", answer, start.browserSecret(), CLIENT);
            return "signed in";
        } catch (MarketplaceException e) {
            return e.problem().code();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCodeThatTheProviderDoesNotKnowIsRefused() {
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());
        provider.json("/token", 400, "{\"error\":\"invalid_grant\"}");

        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("sign-in-refused");
    }

    @Test
    void aProviderInTroubleIsUnavailable() {
        troubled(() -> provider.json("/token", 500, "{}"));
        troubled(() -> provider.json("/token", 401, "{\"error\":\"invalid_client\"}"));
        troubled(() -> provider.json("/token", 200, "<html>maintenance</html>"));
        troubled(() -> provider.json("/token", 200, "{\"access_token\":\"at-1\",\"token_type\":\"Bearer\"}"));
        troubled(() -> provider.json("/token", 200, "{\"access_token\":\"" + "x".repeat(600_000) + "\"}"));
        troubled(() -> provider.on("/token", (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", provider.url() + "/elsewhere");
            ScriptedServer.answer(exchange, 307, "text/plain", "");
        }));
        assertThat(provider.asked("/elsewhere")).isEmpty();
    }

    @Test
    void keysThatCannotBeHadMakeItUnavailable() {
        provider.json("/jwks", 500, "");

        assertThat(problem(() -> signIn(ForgedProvider::signed))).isEqualTo("provider-unavailable");
    }

    @Test
    void aProviderThatSaysNothingIsGivenUp() {
        market = Market.of(provider.url(), HASTY);
        CountDownLatch over = new CountDownLatch(1);
        long began = System.nanoTime();
        troubled(() -> provider.on("/token", (exchange, body) -> await(over)));
        over.countDown();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
    }

    @Test
    void aProviderThatSaysItByteByByteIsGivenUp() {
        market = Market.of(provider.url(), HASTY);
        CountDownLatch over = new CountDownLatch(1);
        long began = System.nanoTime();
        troubled(() -> provider.on("/token", (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_200 && over.getCount() > 0; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                awaitAMoment(over);
            }
        }));
        over.countDown();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
    }

    private void troubled(Runnable trouble) {
        Start start = market.start("people");
        Map<String, String> answer = goTo(start.redirect());
        trouble.run();
        assertThat(problem(() -> market.signIn.finish("people", answer, start.browserSecret(), CLIENT)))
                .isEqualTo("provider-unavailable");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAMoment(CountDownLatch latch) {
        try {
            latch.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
