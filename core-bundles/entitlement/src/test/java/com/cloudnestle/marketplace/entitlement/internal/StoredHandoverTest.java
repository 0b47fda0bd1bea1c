package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredHandoverTest {

    /** The pair of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String ORIGIN = "https://finder.example";

    private final Handovers world = new Handovers();
    private final StoredHandover handover = world.handover();

    private String code(String returnUrl, String challenge) {
        URI back = handover.depart(world.ann, handover.check("finder", returnUrl, challenge));
        assertThat(back.getRawFragment()).matches("marketplace_code=[A-Za-z0-9_-]{43}");
        return back.getRawFragment().substring("marketplace_code=".length());
    }

    private static void refused(Runnable call) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CODE_INVALID))
                .withMessage("The code is wrong, used up or too old.");
    }

    @Test
    void bringsAPersonBackWithACodeForAToken() {
        URI back = handover.depart(world.ann, handover.check("faiss", Handovers.PAGE, CHALLENGE));
        assertThat(back.toString()).startsWith("https://finder.example/app?q=1#marketplace_code=");
        assertThat(world.entitlements.find(world.ann, "finder").orElseThrow().tier()).isEqualTo("registered");

        IssuedToken token = handover.exchange(back.getFragment().substring(17), "faiss", VERIFIER, ORIGIN);

        assertThat(world.tokens.authenticate(token.token()).customerId()).isEqualTo(world.ann);
        assertThat(token.holder().solutionId()).isEqualTo("finder");
    }

    @Test
    void leavesATierAndATokenThatAreThere() {
        world.entitlements.grant(world.ann, "finder", "pro", "admin");
        String token = world.tokens.issue(world.ann, "finder", "admin").token();

        assertThat(handover.exchange(code(Handovers.PAGE, null), "finder", null, null).token()).isEqualTo(token);
        assertThat(world.entitlements.find(world.ann, "finder").orElseThrow().tier()).isEqualTo("pro");
    }

    @Test
    void handsTheTokenOverInTheAddressWhereTheSolutionWantsThat() {
        URI back = handover.depart(world.ann,
                new Visit("simple", "https://simple.example/p?a=1&token=old&user_email=x", Optional.empty()));

        String token = world.tokens.issue(world.ann, "simple", "test").token();
        assertThat(back.toString())
                .isEqualTo("https://simple.example/p?a=1&token=" + token + "&user_email=ann%2Bx%40example.com");
    }

    @Test
    void exchangesACodeOfAPageHereForThisServersPagesOnly() {
        String code = code("/solutions/finder/search", null);

        refused(() -> handover.exchange(code, "finder", null, ORIGIN));
        assertThat(handover.exchange(code, "finder", null, "https://market.example").token()).isNotEmpty();
    }

    @Test
    void endsTheTokenWhenACodeIsPresentedAgain() {
        String code = code(Handovers.PAGE, CHALLENGE);
        IssuedToken token = handover.exchange(code, "finder", VERIFIER, ORIGIN);

        refused(() -> handover.exchange(code, "finder", null, "https://evil.example"));

        assertThat(world.tokens.inspect(token.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
        IssuedToken next = world.tokens.issue(world.ann, "finder", "test");
        refused(() -> handover.exchange(code, "finder", VERIFIER, ORIGIN));
        assertThat(world.tokens.inspect(next.token()).orElseThrow().state()).as("the next token is not concerned")
                .isEqualTo(TokenState.ACTIVE);
    }

    @Test
    void endsTheTokenWhenTwoPresentACodeAtOnce() {
        String code = code(Handovers.PAGE, null);
        ContestedStore contested = new ContestedStore(world.store);
        StoredHandover late = new StoredHandover(Caches.of(contested), world.catalog, world.entitlements, world.tokens,
                new HandoverOrigins(Handovers.config("", "")), world.clock);
        IssuedToken[] first = new IssuedToken[1];
        contested.beforeNextWrite(() -> first[0] = handover.exchange(code, "finder", null, null));

        refused(() -> late.exchange(code, "finder", null, null));

        assertThat(world.tokens.inspect(first[0].token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void isWorthNothingToSomebodyWhoCaughtIt() {
        String code = code(Handovers.PAGE, CHALLENGE);

        refused(() -> handover.exchange(code, "finder", null, ORIGIN));
        refused(() -> handover.exchange(code, "finder", CHALLENGE, ORIGIN));
        refused(() -> handover.exchange(code, "finder", VERIFIER, "https://evil.example"));
        refused(() -> handover.exchange(code, "finder", VERIFIER, "null"));
        refused(() -> handover.exchange(code, "finder", VERIFIER, "https://finder.example:8443"));
        refused(() -> handover.exchange(code, "plain", VERIFIER, ORIGIN));
        refused(() -> handover.exchange(code, "nothing", VERIFIER, ORIGIN));

        assertThat(handover.exchange(code, "finder", VERIFIER, ORIGIN).token()).as("and they could not spoil it").isNotEmpty();
    }

    @Test
    void takesNoVerifierWhereThereWasNoChallenge() {
        String code = code(Handovers.PAGE, null);

        refused(() -> handover.exchange(code, "finder", VERIFIER, ORIGIN));
    }

    @Test
    void endsAfterTwoMinutes() {
        String code = code(Handovers.PAGE, null);
        world.clock.advance(Duration.ofSeconds(119));
        String other = code(Handovers.PAGE, null);
        assertThat(handover.exchange(code, "finder", null, ORIGIN).token()).isNotEmpty();

        world.clock.advance(Duration.ofSeconds(120));
        refused(() -> handover.exchange(other, "finder", null, ORIGIN));
    }

    @Test
    void knowsNoCodeItDidNotGive() {
        refused(() -> handover.exchange("a".repeat(43), "finder", null, null));
        refused(() -> handover.exchange("", "finder", null, null));
        refused(() -> handover.exchange("x".repeat(10_000), "finder", null, null));
    }

    @Test
    void keepsNothingFromWhichACodeCanBeRead() {
        String code = code(Handovers.PAGE, CHALLENGE);

        assertThat(world.store.get(HandoverCode.key(code)).orElseThrow().toString()).doesNotContain(code);
        assertThat(HandoverCode.key(code).table()).isEqualTo(Table.SESSIONS);
        assertThat(world.store.get(HandoverCode.key(code)).orElseThrow().number("ttl")).isPresent();
    }

    @Test
    void goesNowhereThatIsNoLongerAllowed() {
        Visit visit = handover.check("plain", "https://plain.example/", null);
        StoredHandover withdrawn = world.handover("", "");

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> withdrawn.depart(world.ann, visit))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD));
        assertThat(world.entitlements.find(world.ann, "plain")).isEmpty();
    }
}
