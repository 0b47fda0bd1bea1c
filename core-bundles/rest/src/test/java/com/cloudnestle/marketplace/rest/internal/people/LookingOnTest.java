package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.people.Calls.Call;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An administrator who looks at a customer's account changes nothing in it, whatever there is to call. */
class LookingOnTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);

    /** What nobody needs to be signed in for, and the way back. */
    private static final List<String> ANYBODYS = List.of("/api/auth/", "/api/setup", "/api/exchange-code", "/api/track-usage",
            "/api/refresh-token", "/api/admin/impersonation");

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account customer = PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com");
    private final NewSession boss = PEOPLE.services.accounts.signIn(
            PEOPLE.services.accounts.make("boss" + System.nanoTime() + "@example.com", Role.ADMIN));
    private final NewSession lent = PEOPLE.services.sessions.impersonate(
            boss.session(), customer.id(), "a customer's question", new Client("127.0.0.1", "", Optional.empty(), "en"));
    private final Http looking = PEOPLE.browser(lent);

    static List<Call> changes() {
        return Calls.of(PEOPLE).all().stream()
                .filter(Call::unsafe)
                .filter(call -> ANYBODYS.stream().noneMatch(call.path()::startsWith))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesNothing(Call call) {
        String all = "{\"name\":\"x\",\"code\":\"1\",\"current\":\"" + InMemorySessions.PASSWORD + "\",\"password\":\""
                + InMemorySessions.PASSWORD + "\",\"replacement\":\"another password\",\"solution_id\":\"faiss\",\"ticket\":\"t\","
                + "\"customer_id\":\"" + customer.id() + "\",\"user_email\":\"" + customer.email() + "\",\"access_tier\":\"pro\","
                + "\"credential\":{},\"roles\":[\"admin\"],\"suspended\":true,\"reason\":\"long enough a reason\",\"grace_days\":0}";
        Answer answer = call.withBody() || call.path().endsWith("-token")
                ? looking.json(call.method(), call.path(), all)
                : looking.send(call.method(), call.path(), BodyPublishers.noBody());

        assertThat(answer.code()).isEqualTo("not-allowed");
        assertThat(PEOPLE.services.accounts.find(customer.id())).contains(customer);
    }

    @Test
    void takesNothingAway() {
        assertThat(looking.get("/api/account/export").code()).isEqualTo("not-allowed");
        assertThat(looking.get("/api/auth/providers/acme/start?link=true").header("Location"))
                .isEqualTo("/account/security?error=not-allowed");
        assertThat(looking.get("/api/admin/users").status()).isEqualTo(403);
        assertThat(looking.get("/api/audit").status()).isEqualTo(403);
    }

    @Test
    void seesWhatTheCustomerSees() {
        for (String path : List.of("", "/sessions", "/solutions", "/usage", "/api-keys", "/passkeys", "/identities")) {
            assertThat(looking.get("/api/account" + path).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void isSeenByTheCustomerWithItsReason() {
        Http own = PEOPLE.browser(PEOPLE.services.accounts.signIn(customer));

        Answer sessions = own.get("/api/account/sessions");

        assertThat(sessions.json().findValuesAsText("reason")).containsExactly("a customer's question");
        assertThat(sessions.text()).as("who it is").doesNotContain(boss.session().accountId());
    }

    @Test
    void isCountedForTheAdministratorAndNotForTheCustomer() {
        Http own = PEOPLE.browser(PEOPLE.services.accounts.signIn(customer));
        int left = left(own);

        looking.get("/api/account");

        assertThat(left(own)).isEqualTo(left - 1);
    }

    private static int left(Http browser) {
        String state = browser.get("/api/account").header("RateLimit");
        return Integer.parseInt(state.replaceAll(".*\"account\";r=(\\d+);.*", "$1"));
    }
}
