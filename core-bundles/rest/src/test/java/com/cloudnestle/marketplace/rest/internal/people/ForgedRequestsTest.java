package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.people.Calls.Call;
import com.cloudnestle.marketplace.rest.internal.testing.FakeHandover;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages of other sites make a browser send, for every call that changes something. */
class ForgedRequestsTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    /** An administrator's, so that no call is refused for lack of rights. */
    private final NewSession session = PEOPLE.services.accounts.signIn(
            PEOPLE.services.accounts.make("root" + System.nanoTime() + "@example.com", Role.ADMIN));
    private final Http victim = SERVER.http().header("Cookie", "marketplace_session=" + session.secret());

    static List<Call> unsafe() {
        return Calls.of(PEOPLE).all().stream().filter(Call::unsafe).toList();
    }

    static List<Call> unsafeOfPeople() {
        return unsafe().stream().filter(Call::ofPeople).toList();
    }

    private static Answer send(Http from, Call call) {
        return call.withBody() ? from.json(call.method(), call.path(), "{}") : from.send(call.method(), call.path(), BodyPublishers.noBody());
    }

    private static boolean forged(Answer answer) {
        return answer.status() == 403 && answer.json().path("detail").asText().contains("only be done from the marketplace's own pages");
    }

    @Test
    void thereAreCallsToForge() {
        assertThat(unsafe()).hasSizeGreaterThan(40);
        assertThat(unsafeOfPeople()).extracting(Call::toString)
                .contains("DELETE /api/account", "POST /api/auth/passkey", "DELETE /api/account/identities/acme");
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void areRefusedWithTheVictimsCookie(Call call) {
        assertThat(forged(send(victim.header("Sec-Fetch-Site", "cross-site"), call))).as("cross-site").isTrue();
        assertThat(forged(send(victim.header("Sec-Fetch-Site", "same-site"), call))).as("a neighbour's host").isTrue();
        assertThat(forged(send(victim.header("Origin", "https://evil.example"), call))).as("by Origin").isTrue();
        assertThat(forged(send(victim.header("Origin", "null"), call))).as("a frame without origin").isTrue();
        assertThat(forged(send(victim, call))).as("neither said").isTrue();
        assertThat(forged(send(victim.header("Origin", FakeHandover.ORIGIN), call))).as("a solution's page").isTrue();
        assertThat(PEOPLE.services.sessions.authenticate(session.secret())).as("still signed in").isPresent();
    }

    @ParameterizedTest
    @MethodSource("unsafeOfPeople")
    void areRefusedBeforeAnybodyIsSignedIn(Call call) {
        Http nobody = SERVER.http();
        boolean changesABrowser = !call.path().startsWith("/api/admin/"); // that needs a key or a session in any case

        assertThat(forged(send(nobody.header("Sec-Fetch-Site", "cross-site"), call))).isEqualTo(changesABrowser);
        assertThat(forged(send(nobody.header("Origin", "https://evil.example"), call))).isEqualTo(changesABrowser);
        assertThat(forged(send(nobody.header("Sec-Fetch-Site", "same-origin"), call))).as("our own page").isFalse();
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void areRefusedAsForms(Call call) {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            Answer form = victim.header("Sec-Fetch-Site", "same-origin").header("Content-Type", type)
                    .json(call.method(), call.path(), "{\"email\":\"=\"}");
            assertThat(form.status()).as(type).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void areNotAllowedByAPreflight(Call call) {
        Answer preflight = SERVER.http().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", call.method()).header("Access-Control-Request-Headers", "content-type")
                .send("OPTIONS", call.path(), BodyPublishers.noBody());

        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        Answer ofSolution = SERVER.http().header("Origin", FakeHandover.ORIGIN).header("Access-Control-Request-Method", call.method())
                .send("OPTIONS", call.path(), BodyPublishers.noBody());
        assertThat(ofSolution.header("Access-Control-Allow-Origin").isEmpty()).as("a solution's page").isEqualTo(!shared(call));
        assertThat(ofSolution.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    private static boolean shared(Call call) {
        return List.of("/api/exchange-code", "/api/track-usage", "/api/refresh-token").contains(call.path());
    }
}
