package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passkeys over HTTP: made, used, named and removed. */
class PasskeysTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 100_000);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account ann = PEOPLE.services.accounts.make("ann" + NUMBERS.incrementAndGet() + "@example.com");
    private final NewSession session = PEOPLE.services.accounts.signIn(ann);
    private final Http browser = PEOPLE.browser(session);
    private final Http visitor = PEOPLE.browser();

    private String ticket(Http who) {
        return who.post("/api/account/passkeys/options", "{}").json().path("ticket").asText();
    }

    private Answer add(String name) {
        return browser.post("/api/account/passkeys",
                "{\"ticket\":\"" + ticket(browser) + "\",\"credential\":{\"id\":\"" + ann.id() + "\"},\"name\":\"" + name + "\"}");
    }

    @Test
    void givesTheBrowserItsOptionsAsAnObject() {
        Answer begun = browser.send("POST", "/api/account/passkeys/options", BodyPublishers.noBody());

        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.json().at("/options/challenge").asText()).isEqualTo(begun.json().path("ticket").asText());
        assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void keepsAPasskeyThatTheBrowserMade() {
        Answer made = add("my <b>phone</b>");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("name").asText()).isEqualTo("my <b>phone</b>");
        assertThat(made.json().get("used_at").isNull()).isTrue();
        String id = made.json().path("id").asText();
        assertThat(browser.get("/api/account/passkeys").json().at("/passkeys/0/id").asText()).isEqualTo(id);
        assertThat(browser.json("PATCH", "/api/account/passkeys/" + id, "{\"name\":\"key\"}").status()).isEqualTo(204);
        assertThat(browser.get("/api/account/passkeys").json().at("/passkeys/0/name").asText()).isEqualTo("key");
        assertThat(browser.json("PATCH", "/api/account/passkeys/" + id, "{}").field()).isEqualTo("name");
        assertThat(browser.delete("/api/account/passkeys/" + id).status()).isEqualTo(204);
        assertThat(browser.get("/api/account/passkeys").json().path("passkeys")).isEmpty();
    }

    @Test
    void signsInAndEndsTheSessionTheBrowserBroughtAlong() {
        add("phone");
        Answer begun = visitor.post("/api/auth/passkey/options", "{}");
        String answer = "{\"ticket\":\"" + begun.json().path("ticket").asText() + "\",\"credential\":{\"id\":\"" + ann.id() + "\"}}";

        Answer signedIn = browser.post("/api/auth/passkey", answer);
        assertThat(signedIn.json().path("status").asText()).isEqualTo("signed_in");
        assertThat(signedIn.json().at("/account/id").asText()).isEqualTo(ann.id());
        assertThat(signedIn.header("Set-Cookie")).startsWith("marketplace_session=").doesNotContain(session.secret());
        assertThat(browser.get("/api/account").status()).as("the session from before").isEqualTo(401);
        assertThat(visitor.post("/api/auth/passkey", answer).code()).as("a second time").isEqualTo("code-invalid");
    }

    @Test
    void beginsASecondStepWithItsTicket() {
        assertThat(visitor.post("/api/auth/passkey/options", "{\"ticket\":\"t\"}").status()).isEqualTo(200);
    }

    @Test
    void takesOnlyACredential() {
        String ticket = ticket(browser);
        for (String credential : new String[] {"\"text\"", "null", "[]", "7"}) {
            String body = "{\"ticket\":\"" + ticket + "\",\"credential\":" + credential + "}";
            assertThat(browser.post("/api/account/passkeys", body).field()).as(credential).isEqualTo("credential");
            assertThat(visitor.post("/api/auth/passkey", body).field()).as(credential).isEqualTo("credential");
        }
        assertThat(visitor.post("/api/auth/passkey", "{\"credential\":{}}").field()).isEqualTo("ticket");
    }

    @Test
    void addsAndRemovesOnlyForWhoProvedLatelyThatItIsThem() {
        String id = add("phone").json().path("id").asText();
        String begunInTime = ticket(browser);
        PEOPLE.services.clock.advance(Duration.ofMinutes(11));

        assertThat(browser.post("/api/account/passkeys/options", "{}").code()).isEqualTo("not-allowed");
        assertThat(browser.delete("/api/account/passkeys/" + id).code()).isEqualTo("not-allowed");
        assertThat(browser.get("/api/account/passkeys").json().path("passkeys")).as("reading").hasSize(1);
        String late = "{\"ticket\":\"" + begunInTime + "\",\"credential\":{\"id\":\"" + ann.id() + "\"}}";
        assertThat(browser.post("/api/account/passkeys", late).status()).as("begun in time").isEqualTo(201);
        PEOPLE.services.clock.advance(Duration.ofMinutes(5));
        assertThat(browser.post("/api/account/passkeys", late).code()).isEqualTo("not-allowed");
    }

    @Test
    void belongToTheirPersonOnly() {
        String id = add("phone").json().path("id").asText();
        Account eve = PEOPLE.services.accounts.make("eve" + NUMBERS.incrementAndGet() + "@example.com");
        Http other = PEOPLE.browser(PEOPLE.services.accounts.signIn(eve));

        assertThat(other.get("/api/account/passkeys").json().path("passkeys")).isEmpty();
        assertThat(other.delete("/api/account/passkeys/" + id).status()).isEqualTo(404);
        assertThat(other.json("PATCH", "/api/account/passkeys/" + id, "{\"name\":\"mine\"}").status()).isEqualTo(404);
        String answer = "{\"ticket\":\"" + ticket(browser) + "\",\"credential\":{\"id\":\"" + eve.id() + "\"}}";
        assertThat(other.post("/api/account/passkeys", answer).code()).as("another's ceremony").isEqualTo("code-invalid");
    }
}
