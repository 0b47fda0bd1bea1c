package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.edge.Edges;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A marketplace without passkeys and without providers says so, and its pages have nothing to offer. */
class WaysLeftOutTest {

    private static final PeopleServer PEOPLE = new PeopleServer(Edges.settings("", "", 100_000), false);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Http browser =
            PEOPLE.browser(PEOPLE.services.accounts.signIn(PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com")));

    @Test
    void listsNone() {
        assertThat(browser.get("/api/auth/providers").text()).isEqualTo("{\"providers\":[]}");
        assertThat(browser.get("/api/account/passkeys").text()).isEqualTo("{\"passkeys\":[]}");
        assertThat(browser.get("/api/account/identities").text()).isEqualTo("{\"identities\":[]}");
    }

    @Test
    void beginsNothing() {
        assertThat(browser.post("/api/auth/passkey/options", "{}").code()).isEqualTo("not-found");
        assertThat(browser.post("/api/account/passkeys/options", "{}").code()).isEqualTo("not-found");
        assertThat(browser.get("/api/auth/providers/acme/start").header("Location")).isEqualTo("/sign-in?error=not-found");
        assertThat(browser.get("/api/auth/providers/acme/callback?state=x").header("Location")).isEqualTo("/sign-in?error=not-found");
        assertThat(browser.delete("/api/account/identities/acme").code()).isEqualTo("not-found");
    }
}
