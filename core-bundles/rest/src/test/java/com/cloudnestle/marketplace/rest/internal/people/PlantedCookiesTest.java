package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.testing.FakeProviders;
import com.cloudnestle.marketplace.rest.internal.testing.FakeSigning;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cookies somebody put into a browser beforehand never come to stand for its owner; behind TLS no other host can put them there. */
class PlantedCookiesTest {

    private static final PeopleServer PEOPLE = new PeopleServer("https://market.example", "", 1_000_000);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String SESSION = "__Host-marketplace_session=";

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account ann = PEOPLE.services.accounts.make("ann" + NUMBERS.incrementAndGet() + "@example.com");
    private final Account eve = PEOPLE.services.accounts.make("eve" + NUMBERS.incrementAndGet() + "@example.com");

    /** The ways to become signed in; each is asked by a browser with the given cookies. */
    private enum Way {
        PASSWORD((test, cookies) -> browser(cookies).post("/api/auth/sign-in",
                "{\"email\":\"" + test.ann.email() + "\",\"password\":\"" + InMemorySessions.PASSWORD + "\"}")),
        CODE((test, cookies) -> browser(cookies).post("/api/auth/sign-in/code",
                "{\"ticket\":\"" + test.ann.id() + "\",\"code\":\"000000\"}")),
        PASSKEY((test, cookies) -> browser(cookies).post("/api/auth/passkey", test.passkeyAnswer())),
        PROVIDER((test, cookies) -> {
            Answer start = browser(cookies).get("/api/auth/providers/acme/start");
            String state = start.header("Location").substring(FakeProviders.AUTHORIZE.length());
            String trip = start.header("Set-Cookie").substring(0, start.header("Set-Cookie").indexOf(';'));
            return browser(cookies + "; " + trip)
                    .get("/api/auth/providers/acme/callback?code=" + test.ann.email() + "&state=" + state);
        }),
        SIGN_UP((test, cookies) -> {
            browser(cookies).post("/api/auth/sign-up", "{\"email\":\"new" + NUMBERS.incrementAndGet()
                    + "@example.com\",\"password\":\"pw\"}");
            return browser(cookies + "; __Host-marketplace_pending=" + FakeSigning.PENDING)
                    .post("/api/auth/sign-up/confirm", "{\"code\":\"" + FakeSigning.CODE + "\"}");
        }),
        SETUP((test, cookies) -> browser(cookies).post("/api/setup", "{\"code\":\"c\",\"email\":\"root"
                + NUMBERS.incrementAndGet() + "@example.com\",\"password\":\"p\"}")),
        PROOF((test, cookies) -> browser(cookies).post("/api/account/prove", "{\"password\":\"" + InMemorySessions.PASSWORD + "\"}"));

        private final BiFunction<PlantedCookiesTest, String, Answer> go;

        Way(BiFunction<PlantedCookiesTest, String, Answer> go) {
            this.go = go;
        }
    }

    private static Http browser(String cookies) {
        return PEOPLE.browser().header("Cookie", cookies);
    }

    private String passkeyAnswer() {
        String credential = "\"credential\":{\"id\":\"" + ann.id() + "\"}}";
        Http own = browser(SESSION + PEOPLE.services.accounts.signIn(ann).secret());
        own.post("/api/account/passkeys", "{\"ticket\":\"" + ticket(own, "/api/account/passkeys/options") + "\"," + credential);
        return "{\"ticket\":\"" + ticket(PEOPLE.browser(), "/api/auth/passkey/options") + "\"," + credential;
    }

    private static String ticket(Http from, String path) {
        return from.post(path, "{}").json().path("ticket").asText();
    }

    private static List<String> set(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }

    private static String secret(Answer answer) {
        String session = set(answer).stream().filter(one -> one.startsWith(SESSION)).findFirst().orElseThrow();
        return session.substring(SESSION.length(), session.indexOf(';'));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPlantedSessionEndsWhereItsBrowserSignsIn(Way way) {
        NewSession planted = PEOPLE.services.accounts.signIn(eve);

        Answer signedIn = way.go.apply(this, SESSION + planted.secret());

        assertThat(secret(signedIn)).isNotEqualTo(planted.secret());
        assertThat(browser(SESSION + planted.secret()).get("/api/account").status()).as("what the planter knows").isEqualTo(401);
        assertThat(browser(SESSION + secret(signedIn)).get("/api/account").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "PROOF")
    void aSecretSomebodyThoughtUpIsNeverTaken(Way way) {
        String invented = "0".repeat(43);

        Answer signedIn = way.go.apply(this, SESSION + invented);

        assertThat(secret(signedIn)).isNotEqualTo(invented);
        assertThat(browser(SESSION + invented).get("/api/account").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void allCookiesAreOfThisHostAndOfTlsOnly(Way way) {
        NewSession own = PEOPLE.services.accounts.signIn(ann);
        Answer answer = way.go.apply(this, SESSION + own.secret());

        assertThat(set(answer)).isNotEmpty().allSatisfy(cookie -> assertThat(cookie)
                .startsWith("__Host-marketplace_").contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure").doesNotContain("Domain"));
    }

    @Test
    void soAreThoseOfTripsSignUpsAndAdministrators() {
        NewSession boss = PEOPLE.services.accounts.signIn(
                PEOPLE.services.accounts.make("boss" + NUMBERS.incrementAndGet() + "@example.com", Role.ADMIN));
        Http desk = browser(SESSION + boss.secret());
        List<Answer> answers = List.of(
                PEOPLE.browser().get("/api/auth/providers/acme/start"),
                PEOPLE.browser().post("/api/auth/sign-up", "{\"email\":\"x@example.com\",\"password\":\"p\"}"),
                desk.post("/api/admin/users/" + ann.id() + "/impersonate", "{\"reason\":\"a customer's question\"}"),
                desk.post("/api/auth/sign-out", "{}"));

        assertThat(answers).allSatisfy(answer -> assertThat(set(answer)).isNotEmpty().allSatisfy(cookie -> assertThat(cookie)
                .startsWith("__Host-marketplace_").contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure")));
    }

    @Test
    void aPlantedPendingCookieConfirmsNothing() {
        Http victim = browser("__Host-marketplace_pending=of-somebody-else");
        Answer begun = victim.post("/api/auth/sign-up", "{\"email\":\"vic" + NUMBERS.incrementAndGet() + "@example.com\",\"password\":\"p\"}");
        assertThat(begun.header("Set-Cookie")).as("it is replaced").startsWith("__Host-marketplace_pending=" + FakeSigning.PENDING);

        Answer confirmed = victim.post("/api/auth/sign-up/confirm", "{\"code\":\"" + FakeSigning.CODE + "\"}");
        assertThat(confirmed.code()).isEqualTo("code-invalid");
        assertThat(set(confirmed)).isEmpty();
    }

    @Test
    void namesThatAnyHostBesideCouldSetAreNotRead() {
        NewSession session = PEOPLE.services.accounts.signIn(ann);

        assertThat(browser("marketplace_session=" + session.secret()).get("/api/account").status()).isEqualTo(401);
        assertThat(browser("marketplace_pending=" + FakeSigning.PENDING)
                .post("/api/auth/sign-up/confirm", "{\"code\":\"" + FakeSigning.CODE + "\"}").field()).isEqualTo("password");
    }

    @Test
    void theAdministratorsWaitingSessionIsGivenBackToItsOwnerOnly() {
        Account boss = PEOPLE.services.accounts.make("boss" + NUMBERS.incrementAndGet() + "@example.com", Role.ADMIN);
        NewSession desk = PEOPLE.services.accounts.signIn(boss);
        Answer lent = browser(SESSION + desk.secret())
                .post("/api/admin/users/" + ann.id() + "/impersonate", "{\"reason\":\"a customer's question\"}");
        NewSession planted = PEOPLE.services.accounts.signIn(eve);

        Answer back = browser(SESSION + secret(lent) + "; __Host-marketplace_administrator=" + planted.secret())
                .delete("/api/admin/impersonation");

        assertThat(set(back)).contains(SESSION + "; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
