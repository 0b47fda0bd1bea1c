package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.testing.FakeProviders;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in with accounts elsewhere, as a browser goes through it. */
class ProvidersTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 100_000);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String CALLBACK = "/api/auth/providers/acme/callback";
    private static final String START = "/api/auth/providers/acme/start";

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account ann = PEOPLE.services.accounts.make("ann" + NUMBERS.incrementAndGet() + "@example.com");
    private final NewSession session = PEOPLE.services.accounts.signIn(ann);
    private final Http browser = PEOPLE.browser(session);
    private final Http visitor = PEOPLE.browser();

    /** The browser after it was sent to the provider, and the state it has there. */
    private record Away(Http browser, String state) {
        Answer back(String code) {
            return browser.get(CALLBACK + "?code=" + code + "&state=" + state);
        }
    }

    private Away leave(Http from, String query) {
        return away(from, from.get(START + query), "");
    }

    private static Away away(Http from, Answer start, String cookies) {
        assertThat(start.header("Location")).startsWith(FakeProviders.AUTHORIZE);
        String kept = start.header("Set-Cookie");
        return new Away(from.header("Cookie", cookies + kept.substring(0, kept.indexOf(';'))).header("Sec-Fetch-Site", "cross-site"),
                start.header("Location").substring(FakeProviders.AUTHORIZE.length()));
    }

    private Away leaveToLink() {
        return away(browser, browser.get(START + "?link=true"), "marketplace_session=" + session.secret() + "; ");
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }

    @Test
    void areListedWithIdAndName() {
        assertThat(visitor.get("/api/auth/providers").text()).isEqualTo("{\"providers\":[{\"id\":\"acme\",\"name\":\"Acme <account>\"}]}");
    }

    @Test
    void sendTheBrowserAwayWithACookieOfItsOwn() {
        Answer start = visitor.get(START);

        assertThat(start.status()).isEqualTo(303);
        assertThat(start.header("Location")).startsWith(FakeProviders.AUTHORIZE);
        assertThat(start.header("Cache-Control")).isEqualTo("no-store");
        assertThat(start.header("Set-Cookie"))
                .startsWith("marketplace_provider=browser-secret_").endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
    }

    @Test
    void signInWhoComesBackInTheSameBrowser() {
        Answer back = leave(visitor, "").back("new" + NUMBERS.incrementAndGet() + "@example.com");

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/welcome");
        assertThat(cookies(back)).anyMatch(set -> set.startsWith("marketplace_session="))
                .anyMatch(set -> set.startsWith("marketplace_provider=; Path=/; Max-Age=0"));
    }

    @Test
    void takeAVisitAlongIfItsSolutionAllowsIt() {
        assertThat(visitor.get(START + "?solution_id=faiss&return_url=https://finder.example/app").header("Location"))
                .startsWith(FakeProviders.AUTHORIZE);
        assertThat(visitor.get(START + "?solution_id=faiss&return_url=https://evil.example/").header("Location"))
                .isEqualTo("/sign-in?error=invalid-field");
        assertThat(visitor.get(START + "?solution_id=nothing").header("Location")).isEqualTo("/sign-in?error=solution-unknown");
    }

    @Test
    void askForTheSecondFactorBeforeThereIsASession() {
        Answer back = leave(visitor, "").back("two" + NUMBERS.incrementAndGet() + "@example.com");

        assertThat(back.header("Location")).startsWith("/sign-in/code?ticket=ticket%20of%20two")
                .endsWith("%40example.com&factors=authenticator%20passkey");
        assertThat(cookies(back)).hasSize(1).allMatch(set -> set.startsWith("marketplace_provider=; "));
    }

    @Test
    void tellTheCodeOfAProblemAndNothingTheProviderSaid() {
        Away away = leave(visitor, "");
        Answer denied = away.browser.get(CALLBACK + "?error=access_denied&error_description=%3Cscript%3E&state=" + away.state);

        assertThat(denied.status()).isEqualTo(303);
        assertThat(denied.header("Location")).isEqualTo("/sign-in?error=sign-in-refused");
        assertThat(denied.text()).isEmpty();
        assertThat(leave(visitor, "").back("down").header("Location")).isEqualTo("/sign-in?error=provider-unavailable");
        assertThat(visitor.get("/api/auth/providers/none/start").header("Location")).isEqualTo("/sign-in?error=not-found");
    }

    @Test
    void refuseACallbackOfAnotherBrowser() {
        Away attacker = leave(visitor, "");
        Away victim = leave(visitor, "");

        Answer planted = victim.browser.get(CALLBACK + "?code=eve@example.com&state=" + attacker.state);
        assertThat(planted.header("Location")).isEqualTo("/sign-in?error=sign-in-refused");
        assertThat(cookies(planted)).as("no session, and the victim's own trip goes on").isEmpty();
        assertThat(visitor.get(CALLBACK + "?code=eve@example.com&state=" + attacker.state).header("Location"))
                .as("no cookie at all").isEqualTo("/sign-in?error=sign-in-refused");
        assertThat(victim.back("bob" + NUMBERS.incrementAndGet() + "@example.com").header("Location")).isEqualTo("/welcome");
    }

    @Test
    void takeAnAnswerOnce() {
        Away away = leave(visitor, "");
        away.back("once" + NUMBERS.incrementAndGet() + "@example.com");

        assertThat(away.back("once@example.com").header("Location")).isEqualTo("/sign-in?error=sign-in-refused");
    }

    @Test
    void believeNothingThatIsSaidTwice() {
        Away away = leave(visitor, "");
        away.browser.get(CALLBACK + "?code=a@example.com&code=b@example.com&state=" + away.state);

        assertThat(PEOPLE.providers.answers.get(PEOPLE.providers.answers.size() - 1)).containsOnlyKeys("state");
    }

    @Test
    void linkToTheAccountThatIsSignedIn() {
        Answer back = leaveToLink().back("elsewhere@acme.example");

        assertThat(back.header("Location")).isEqualTo("/account/security");
        Http again = visitor.header("Cookie", cookies(back).get(0).substring(0, cookies(back).get(0).indexOf(';')));
        assertThat(again.get("/api/account").json().at("/account/id").asText()).isEqualTo(ann.id());
        assertThat(again.get("/api/account/identities").text())
                .isEqualTo("{\"identities\":[{\"provider\":\"acme\",\"account\":\"elsewhere@acme.example\"}]}");
        assertThat(again.delete("/api/account/identities/acme").status()).isEqualTo(204);
        assertThat(again.delete("/api/account/identities/acme").status()).isEqualTo(404);
    }

    @Test
    void leaveWhoLinkedSignedInWhereASecondFactorWouldBeAsked() {
        Answer back = leaveToLink().back("two-elsewhere@acme.example");

        assertThat(back.header("Location")).isEqualTo("/account/security");
        assertThat(browser.get("/api/account").status()).isEqualTo(200);
    }

    @Test
    void tellAProblemOfLinkingWhereItBegan() {
        assertThat(leaveToLink().back("down").header("Location")).isEqualTo("/account/security?error=provider-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "rubbish", ""})
    void linkNothingThatAnotherSiteBegan(String site) {
        Http from = site.isEmpty()
                ? SERVER.http().header("Cookie", "marketplace_session=" + session.secret())
                : browser.header("Sec-Fetch-Site", site);

        assertThat(from.get(START + "?link=true").header("Location")).isEqualTo("/account/security?error=not-allowed");
    }

    @Test
    void linkAndUnlinkOnlyForWhoProvedLatelyThatItIsThem() {
        assertThat(visitor.get(START + "?link=true").header("Location")).isEqualTo("/account/security?error=credentials-missing");
        PEOPLE.services.clock.advance(Duration.ofMinutes(11));

        assertThat(browser.get(START + "?link=true").header("Location")).isEqualTo("/account/security?error=not-allowed");
        assertThat(browser.delete("/api/account/identities/acme").code()).isEqualTo("not-allowed");
        assertThat(browser.get("/api/account/identities").status()).isEqualTo(200);
    }

    @Test
    void endATripWithTheSessionItBelongsTo() {
        Away away = leaveToLink();

        assertThat(cookies(away.browser.header("Sec-Fetch-Site", "same-origin").post("/api/auth/sign-out", "{}")))
                .anyMatch(set -> set.startsWith("marketplace_provider=; "));
    }

    @Test
    void passOnTheBrowserThatHasSignedInBefore() {
        visitor.header("Cookie", "marketplace_device=device-secret").get(START);

        assertThat(PEOPLE.providers.clients.get(PEOPLE.providers.clients.size() - 1).device()).isEqualTo("device-secret");
    }
}
