package com.cloudnestle.marketplace.rest.internal.people;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.testing.FakeHandover;
import com.cloudnestle.marketplace.rest.internal.testing.FakeSigning;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do in their browsers, over real HTTP. */
class PeopleTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 100_000);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account ann = PEOPLE.services.accounts.make("ann" + NUMBERS.incrementAndGet() + "@example.com");
    private final NewSession session = PEOPLE.services.accounts.signIn(ann);
    private final Http browser = PEOPLE.browser(session);
    private final Http visitor = PEOPLE.browser();

    private static String secret(Answer answer) {
        String set = answer.header("Set-Cookie");
        assertThat(set).startsWith("marketplace_session=").contains("; Path=/;", "HttpOnly", "SameSite=Lax").doesNotContain("Secure");
        return set.substring("marketplace_session=".length(), set.indexOf(';'));
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }

    @Test
    void signsUpFromASolutionAndComesBackWithAToken() {
        Answer asked = visitor.post("/api/auth/sign-up", "{\"email\":\"New" + NUMBERS.incrementAndGet()
                + "@Example.com\",\"password\":\"pw pw pw pw\",\"solution_id\":\"faiss\",\"return_url\":\"https://finder.example/app\"}");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.text()).isEqualTo("{\"status\":\"mail_sent\"}");
        assertThat(asked.header("Set-Cookie")).startsWith("marketplace_pending=" + FakeSigning.PENDING);

        Http waiting = visitor.header("Cookie", "marketplace_pending=" + FakeSigning.PENDING);
        assertThat(waiting.post("/api/auth/sign-up/resend", "{}").status()).isEqualTo(202);
        assertThat(waiting.post("/api/auth/sign-up/confirm", "{\"code\":\"999999\"}").status()).isEqualTo(410);
        Answer confirmed = waiting.post("/api/auth/sign-up/confirm", "{\"code\":\"123456\"}");
        String back = confirmed.json().at("/next/return_to").asText();
        assertThat(back).startsWith("https://finder.example/app#marketplace_code=code");
        assertThat(cookies(confirmed)).anyMatch(cookie -> cookie.startsWith("marketplace_pending=; Path=/; Max-Age=0"));
        Http signedIn = visitor.header("Cookie", "marketplace_session=" + secret(confirmed));
        assertThat(signedIn.get("/api/account").json().at("/account/email").asText()).startsWith("new");

        Answer exchanged = SERVER.http().header("Origin", FakeHandover.ORIGIN).post("/api/exchange-code",
                "{\"code\":\"" + back.substring(back.indexOf('=') + 1) + "\",\"solution_id\":\"faiss\",\"code_verifier\":\"v\"}");
        assertThat(exchanged.header("Access-Control-Allow-Origin")).isEqualTo(FakeHandover.ORIGIN);
        assertThat(exchanged.json().path("access_tier").asText()).isEqualTo("registered");
        assertThat(PEOPLE.handover.exchanges).contains("v " + FakeHandover.ORIGIN);
        assertThat(SERVER.http().bearer(exchanged.json().path("token").asText()).get("/api/user-context").status()).isEqualTo(200);
    }

    @Test
    void confirmsInAnotherBrowserWithThePasswordOnly() {
        visitor.post("/api/auth/sign-up", "{\"email\":\"other" + NUMBERS.incrementAndGet() + "@example.com\",\"password\":\"the password\"}");

        assertThat(visitor.post("/api/auth/sign-up/confirm", "{\"code\":\"123456\"}").field()).isEqualTo("password");
        assertThat(visitor.post("/api/auth/sign-up/confirm", "{\"code\":\"123456\",\"password\":\"guess\"}").status()).isEqualTo(410);
        Answer confirmed = visitor.post("/api/auth/sign-up/confirm", "{\"code\":\"123456\",\"password\":\"the password\"}");
        assertThat(confirmed.json().get("next").isNull()).isTrue();
    }

    @Test
    void signsInWithANewSessionAndEndsTheOneTheBrowserBroughtAlong() {
        Answer answer = browser.post("/api/auth/sign-in",
                "{\"email\":\"" + ann.email() + "\",\"password\":\"" + InMemorySessions.PASSWORD + "\"}");

        assertThat(answer.json().path("status").asText()).isEqualTo("signed_in");
        assertThat(answer.json().has("ticket")).isFalse();
        assertThat(secret(answer)).isNotEqualTo(session.secret());
        assertThat(browser.get("/api/account").status()).as("the session from before").isEqualTo(401);
        assertThat(cookies(answer)).anyMatch(cookie -> cookie.startsWith("marketplace_device="));
    }

    @Test
    void asksForASecondFactorBeforeThereIsAnyCookie() {
        Account two = PEOPLE.services.accounts.make("two" + NUMBERS.incrementAndGet() + "@example.com");
        Answer first = visitor.post("/api/auth/sign-in",
                "{\"email\":\"" + two.email() + "\",\"password\":\"" + InMemorySessions.PASSWORD + "\"}");
        assertThat(first.json().path("factors").toString()).isEqualTo("[\"authenticator\",\"recovery_code\"]");
        assertThat(cookies(first)).isEmpty();

        String ticket = first.json().path("ticket").asText();
        assertThat(visitor.post("/api/auth/sign-in/code", "{\"ticket\":\"" + ticket + "\",\"code\":\"1\"}").status()).isEqualTo(401);
        assertThat(secret(visitor.post("/api/auth/sign-in/code", "{\"ticket\":\"" + ticket + "\",\"code\":\"000000\"}"))).isNotEmpty();
    }

    @Test
    void signsOutForGood() {
        Answer answer = browser.post("/api/auth/sign-out", "{}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Set-Cookie")).startsWith("marketplace_session=; Path=/; Max-Age=0");
        assertThat(browser.get("/api/account").status()).isEqualTo(401);
    }

    @Test
    void showsAndChangesTheAccount() {
        assertThat(browser.get("/api/account").json().at("/session/current").asBoolean()).isTrue();
        assertThat(browser.get("/api/account").json().get("impersonator").isNull()).isTrue();
        assertThat(browser.json("PATCH", "/api/account", "{\"name\":\"Ann\"}").json().path("name").asText()).isEqualTo("Ann");
        Answer export = browser.get("/api/account/export");
        assertThat(export.header("Content-Disposition")).startsWith("attachment");
        assertThat(export.json().path("account").asText()).isEqualTo(ann.id());
        assertThat(browser.post("/api/account/password", "{\"current\":\"x\",\"replacement\":\"y\"}").status()).isEqualTo(401);
    }

    @Test
    void endsOtherSessions() {
        NewSession other = PEOPLE.services.accounts.signIn(ann);
        assertThat(browser.get("/api/account/sessions").json().path("sessions")).hasSize(2);

        assertThat(browser.delete("/api/account/sessions/" + other.session().id()).status()).isEqualTo(204);
        assertThat(PEOPLE.browser(other).get("/api/account").status()).isEqualTo(401);
        PEOPLE.services.accounts.signIn(ann);
        browser.delete("/api/account/sessions");
        assertThat(browser.get("/api/account/sessions").json().path("sessions")).hasSize(1);
    }

    @Test
    void deletesAnAccountOnlyAfterAFreshProof() {
        PEOPLE.services.clock.advance(Duration.ofMinutes(11));
        assertThat(browser.delete("/api/account").code()).isEqualTo("not-allowed");
        for (String path : List.of("", "/recovery-codes")) {
            assertThat(browser.post("/api/account/authenticator" + path, "{}").code()).as(path).isEqualTo("not-allowed");
        }
        assertThat(browser.delete("/api/account/authenticator").status()).isEqualTo(403);
        assertThat(browser.post("/api/account/authenticator/confirm", "{\"code\":\"7\"}").status()).as("begun in time").isEqualTo(200);
        assertThat(browser.post("/api/account/prove", "{\"password\":\"wrong\"}").status()).isEqualTo(401);

        Answer proved = browser.post("/api/account/prove", "{\"password\":\"" + InMemorySessions.PASSWORD + "\"}");
        assertThat(browser.get("/api/account").status()).as("the secret from before").isEqualTo(401);
        Http again = visitor.header("Cookie", "marketplace_session=" + secret(proved));
        assertThat(again.delete("/api/account").status()).isEqualTo(204);
        assertThat(PEOPLE.services.accounts.find(ann.id())).isEmpty();
    }

    @Test
    void setsAFirstPasswordOnlyAfterAFreshProof() {
        Http without = PEOPLE.browser(PEOPLE.services.accounts.signIn(PEOPLE.services.accounts.withoutPassword(ann)));
        String first = "{\"current\":\"" + InMemorySessions.PASSWORD + "\",\"replacement\":\"a first password\"}";
        assertThat(without.post("/api/account/password", first).status()).isEqualTo(204);
        PEOPLE.services.clock.advance(Duration.ofMinutes(11));

        assertThat(without.post("/api/account/password", first).code()).isEqualTo("not-allowed");
    }

    @Test
    void showsWhatAPersonMayUseWithTheTokenOnlyOnRequest() {
        String token = PEOPLE.services.token(PEOPLE.services.customers.require(ann.id()), FINDER, "registered");

        Answer held = browser.get("/api/account/solutions");
        assertThat(held.text()).doesNotContain(token);
        assertThat(held.json().at("/solutions/0/token/hint").asText()).startsWith("tok_perm").endsWith(token.substring(token.length() - 4));
        assertThat(held.json().at("/solutions/0/upgrade_url").asText()).isEqualTo("/upgrade?solution_id=" + FINDER);
        assertThat(held.json().at("/solutions/0/quotas/0/remaining").asInt()).isEqualTo(10);
        assertThat(browser.post("/api/account/solutions/" + FINDER + "/token", "{}").json().path("token").asText()).isEqualTo(token);
        Answer rotated = browser.post("/api/account/solutions/" + FINDER + "/token/rotate", "{\"grace_days\":0}");
        assertThat(rotated.json().path("token").asText()).isNotEqualTo(token);
        assertThat(browser.delete("/api/account/solutions/" + FINDER + "/token").status()).isEqualTo(204);
        assertThat(browser.get("/api/account/solutions").json().at("/solutions/0/token").isNull()).isTrue();
        assertThat(browser.post("/api/account/solutions/" + COUNTER + "/token", "{}").code()).isEqualTo("entitlement-unknown");
    }

    @Test
    void showsUsageOfARangeOfDays() {
        String token = PEOPLE.services.token(PEOPLE.services.customers.require(ann.id()), FINDER, "registered");
        SERVER.http().post("/api/validate-token", "{\"token\":\"" + token + "\",\"solution_id\":\"faiss\"}");

        assertThat(browser.get("/api/account/usage").json().at("/usage/0/units").asInt()).isEqualTo(1);
        assertThat(browser.get("/api/account/usage?from=2020-01-01").field()).isEqualTo("from");
        assertThat(browser.get("/api/account/usage?to=tomorrow").field()).isEqualTo("to");
    }

    @Test
    void makesApiKeysThatWorkWhereTokensDo() {
        PEOPLE.services.entitlements.grant(ann.id(), COUNTER, "registered", "test");
        Answer made = browser.post("/api/account/api-keys",
                "{\"solution_id\":\"word-count\",\"name\":\"script\",\"actions\":[\"count\"]}");
        assertThat(made.status()).isEqualTo(201);
        String key = made.json().path("secret").asText();
        Http program = SERVER.http().bearer(key);

        Answer allowed = program.post("/api/validate-token", "{\"solution_id\":\"word-count\"}");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.json().path("user_email").asText()).isEqualTo(ann.email().value());
        assertThat(SERVER.http().post("/api/validate-token", "{\"token\":\"" + key + "\",\"solution_id\":\"word-count\"}").status())
                .isEqualTo(200);
        assertThat(program.post("/api/validate-token", "{\"solution_id\":\"word-count\",\"action\":\"export\"}").code())
                .isEqualTo("not-allowed");
        assertThat(program.post("/api/validate-token", "{\"solution_id\":\"faiss\"}").code()).isEqualTo("token-wrong-solution");
        assertThat(program.post("/api/validate-token", "{\"solution_id\":\"word-count\",\"user_email\":\"x@example.com\"}").code())
                .isEqualTo("token-wrong-user");
        assertThat(program.get("/api/account").status()).as("a key is not its person").isEqualTo(401);
        assertThat(program.put("/api/user-tier", "{}").status()).isEqualTo(403);

        String id = made.json().at("/api_key/id").asText();
        Answer rotated = browser.post("/api/account/api-keys/" + id + "/rotate", "{\"grace_days\":1}");
        assertThat(rotated.json().path("secret").asText()).isNotEqualTo(key);
        assertThat(program.post("/api/validate-token", "{\"solution_id\":\"word-count\"}").status()).as("works on").isEqualTo(200);
        browser.delete("/api/account/api-keys/" + id);
        assertThat(program.post("/api/validate-token", "{\"solution_id\":\"word-count\"}").code()).isEqualTo("credentials-invalid");
        assertThat(browser.get("/api/account/api-keys").text()).doesNotContain(key);
        assertThat(browser.post("/api/account/api-keys", "{\"solution_id\":\"faiss\",\"name\":\"x\",\"actions\":[\"no\"]}").code())
                .isEqualTo("action-unknown");
    }

    @Test
    void registersWhoIsSignedInAndComesBackToAPageHere() {
        String here = "http://127.0.0.1:" + browser.port() + "/solutions/" + FINDER + "/search?q=1";
        Answer answer = browser.post("/api/registrations", "{\"solution_id\":\"faiss\",\"return_url\":\"" + here + "\"}");

        assertThat(answer.json().path("return_to").asText()).startsWith("/solutions/" + FINDER + "/search?q=1#marketplace_code=");
        assertThat(browser.post("/api/registrations", "{\"solution_id\":\"faiss\",\"return_url\":\"https://evil.example/\"}").field())
                .isEqualTo("return_url");
        assertThat(visitor.post("/api/registrations", "{\"solution_id\":\"faiss\"}").code()).isEqualTo("credentials-missing");
    }

    @Test
    void setsUpTheFirstAdministratorAndSecondFactors() {
        assertThat(visitor.get("/api/setup").json().path("open").asBoolean()).isTrue();
        assertThat(secret(visitor.post("/api/setup", "{\"code\":\"c\",\"email\":\"root" + NUMBERS.incrementAndGet()
                + "@example.com\",\"password\":\"p\",\"name\":\"Root\"}"))).isNotEmpty();
        assertThat(browser.post("/api/account/authenticator", "{}").json().path("secret").asText()).isEqualTo("SECRET");
        assertThat(browser.post("/api/account/authenticator/confirm", "{\"code\":\"7\"}").json().at("/recovery_codes/0").asText())
                .isEqualTo("one-7");
    }

    @Test
    void letsAdministratorsInWithKeyOrSession() {
        NewSession admin = PEOPLE.services.accounts.signIn(PEOPLE.services.accounts.make("admin" + NUMBERS.incrementAndGet() + "@example.com", Role.ADMIN));
        Http desk = PEOPLE.browser(admin);
        String tier = "{\"customer_id\":\"" + ann.id() + "\",\"solution_id\":\"faiss\",\"access_tier\":\"pro\"}";

        assertThat(desk.put("/api/user-tier", tier).status()).isEqualTo(200);
        assertThat(desk.get("/api/admin/users/" + ann.id()).json().at("/solutions/0/access_tier").asText()).isEqualTo("pro");
        assertThat(SERVER.http().bearer(ADMIN_KEY).get("/api/admin/users?query=" + ann.email()).json().path("users")).hasSize(1);
        assertThat(desk.put("/api/admin/users/" + ann.id() + "/roles", "{\"roles\":[\"partner\"]}").json().path("roles").toString())
                .isEqualTo("[\"customer\",\"partner\"]");
        assertThat(desk.put("/api/admin/users/" + ann.id() + "/roles", "{\"roles\":[\"god\"]}").field()).isEqualTo("roles");
        for (Http other : List.of(browser, visitor, SERVER.http().bearer(PEOPLE.services.key(FINDER)))) {
            assertThat(other.get("/api/admin/users").status()).isIn(401, 403);
            assertThat(other.put("/api/user-tier", tier).status()).isIn(401, 403);
        }
        assertThat(desk.put("/api/admin/users/" + ann.id() + "/status", "{\"suspended\":true}").json().path("suspended").asBoolean()).isTrue();
        assertThat(browser.get("/api/account").status()).as("suspended").isEqualTo(401);
    }

    @Test
    void letsAnAdministratorLookOnWithAReasonAndChangeNothing() {
        Account boss = PEOPLE.services.accounts.make("boss" + NUMBERS.incrementAndGet() + "@example.com", Role.ADMIN);
        NewSession admin = PEOPLE.services.accounts.signIn(boss);
        String path = "/api/admin/users/" + ann.id() + "/impersonate";
        assertThat(PEOPLE.browser(admin).post(path, "{\"reason\":\"short\"}").field()).isEqualTo("reason");
        assertThat(SERVER.http().bearer(ADMIN_KEY).post(path, "{\"reason\":\"a good reason\"}").status()).isEqualTo(403);

        Answer lent = PEOPLE.browser(admin).post(path, "{\"reason\":\"a customer's question\"}");
        String cookie = String.join("; ", cookies(lent).stream().map(set -> set.substring(0, set.indexOf(';'))).toList());
        Http looking = visitor.header("Cookie", cookie);
        assertThat(looking.get("/api/account").json().at("/account/id").asText()).isEqualTo(ann.id());
        assertThat(looking.get("/api/account").json().at("/impersonator/account_id").asText()).isEqualTo(boss.id());
        for (String change : List.of("/api/account/solutions/faiss/token", "/api/account/api-keys", "/api/registrations", "/api/account/password")) {
            assertThat(looking.post(change, "{}").code()).as(change).isEqualTo("not-allowed");
        }
        assertThat(looking.get("/api/account/export").status()).isEqualTo(403);
        assertThat(looking.delete("/api/account").status()).isEqualTo(403);
        assertThat(looking.get("/api/admin/users").status()).isEqualTo(403);

        Answer back = looking.delete("/api/admin/impersonation");
        assertThat(secret(back)).isEqualTo(admin.secret());
        assertThat(looking.get("/api/account").status()).isEqualTo(401);
    }
}
