package com.cloudnestle.marketplace.rest.internal.edge;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.FakeHandover;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request passes before anything serves it; the server is behind a proxy on the same machine. */
class EdgeTest {

    private static final PeopleServer PEOPLE = new PeopleServer("https://market.example", "127.0.0.0/8, 10.1.0.0/16, ::1", 100_000);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final NewSession session =
            PEOPLE.services.accounts.signIn(PEOPLE.services.accounts.make("eve" + System.nanoTime() + "@example.com"));
    private final Http http = SERVER.http();
    private final Http cookie = http.header("Cookie", "__Host-marketplace_session=" + session.secret());

    private Client seen(Http from) {
        assertThat(from.post("/api/auth/sign-in", "{\"email\":\"x@example.com\",\"password\":\"guess\"}").status()).isEqualTo(401);
        return PEOPLE.signing.clients.get(PEOPLE.signing.clients.size() - 1);
    }

    @Test
    void readsTheClientsAddressFromTheProxiesItTrustsAndNobodyElse() {
        assertThat(seen(http).address()).isEqualTo("127.0.0.1");
        assertThat(seen(http.header("X-Forwarded-For", "203.0.113.9")).address()).isEqualTo("203.0.113.9");
        assertThat(seen(http.header("X-Forwarded-For", "1.2.3.4, 203.0.113.9, 10.1.2.3")).address()).isEqualTo("203.0.113.9");
        assertThat(seen(http.header("X-Forwarded-For", "203.0.113.9, 10.2.0.1")).address()).as("not of 10.1/16").isEqualTo("10.2.0.1");
        assertThat(seen(http.header("X-Forwarded-For", "2001:db8::7")).address()).isEqualTo("2001:db8::7");
        assertThat(seen(http.header("X-Forwarded-For", "203.0.113.9, evil.example")).address()).isEqualTo("127.0.0.1");
        assertThat(seen(http.header("X-Forwarded-For", "<script>")).address()).isEqualTo("127.0.0.1");
    }

    @Test
    void believesPlacesOnlyFromTheProxiesItTrusts() {
        Http placed = http.header("CloudFront-Viewer-Country", "IN").header("CloudFront-Viewer-City", "Pune");
        assertThat(seen(placed).place()).contains(new Client.Place("IN", "Pune"));
        assertThat(seen(http.header("CloudFront-Viewer-Country", "nowhere")).place()).isEmpty();
        assertThat(new EdgeSettings("", "", 0, 1, 1).trusted("127.0.0.1")).isFalse();
    }

    @Test
    void sendsHeadersThatKeepBrowsersCareful() {
        Answer answer = http.get("/api/account");

        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
    }

    @Test
    void keepsCookiesToThisHostAndToTls() {
        Answer answer = http.header("Sec-Fetch-Site", "same-origin").post("/api/auth/sign-up",
                "{\"email\":\"a@example.com\",\"password\":\"p\"}");

        assertThat(answer.header("Set-Cookie")).startsWith("__Host-marketplace_pending=").endsWith("; HttpOnly; SameSite=Lax; Secure");
        assertThat(http.header("Cookie", "marketplace_session=" + session.secret()).get("/api/account").status())
                .as("a name that any host beside could have set").isEqualTo(401);
        assertThat(cookie.get("/api/account").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "rubbish"})
    void refusesWhatOtherSitesMakeABrowserDo(String site) {
        assertThat(cookie.header("Sec-Fetch-Site", site).json("PATCH", "/api/account", "{\"name\":\"x\"}").code()).isEqualTo("not-allowed");
        assertThat(cookie.header("Sec-Fetch-Site", site).delete("/api/account").status()).isEqualTo(403);
        assertThat(cookie.header("Sec-Fetch-Site", site).put("/api/user-tier", "{}").status()).isEqualTo(403);
        assertThat(http.header("Sec-Fetch-Site", site).post("/api/auth/sign-in", "{}").status())
                .as("nobody is signed in as somebody else").isEqualTo(403);
        assertThat(cookie.header("Sec-Fetch-Site", site).get("/api/account").status()).as("reading").isEqualTo(200);
    }

    @Test
    void goesByTheOriginWhereABrowserSaysNoMore() {
        for (String origin : List.of("https://evil.example", "null", "https://market.example.evil.example", "http://market.example",
                "https://market.example:8443", "http://127.0.0.1:1")) {
            assertThat(cookie.header("Origin", origin).delete("/api/account/sessions").status()).as(origin).isEqualTo(403);
        }
        assertThat(cookie.delete("/api/account/sessions").status()).as("neither header").isEqualTo(403);
        assertThat(cookie.header("Origin", "https://market.example").delete("/api/account/sessions").status()).isEqualTo(204);
        assertThat(cookie.header("Origin", "http://127.0.0.1:" + http.port()).delete("/api/account/sessions").status()).isEqualTo(204);
    }

    @Test
    void takesNoFormsBesideACookie() {
        Http form = cookie.header("Sec-Fetch-Site", "same-origin").header("Content-Type", "text/plain");

        assertThat(form.json("PATCH", "/api/account", "{\"name\":\"x\"}").status()).isEqualTo(415);
    }

    @Test
    void letsACredentialWinOverACookie() {
        String token = PEOPLE.services.token(FINDER, "registered");
        Http both = cookie.header("Sec-Fetch-Site", "cross-site").bearer(token);

        assertThat(both.post("/api/validate-token", "{\"solution_id\":\"faiss\"}").status()).isEqualTo(200);
        assertThat(both.get("/api/account").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer x", "rubbish"})
    void endsNoSessionFromElsewhereBesideACredential(String credential) {
        Http both = cookie.header("Sec-Fetch-Site", "cross-site").header("Authorization", credential);

        both.post("/api/auth/sign-out", "");

        assertThat(cookie.get("/api/account").status()).as("the session goes on").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "\"nope\"", "!", ""})
    void refusesACharsetThatNobodyKnows(String charset) {
        Http odd = http.header("Content-Type", "application/json; charset=" + charset);

        assertThat(odd.post("/api/auth/sign-in", "{}").status()).isEqualTo(415);
        assertThat(odd.post("/api/validate-token", "{}").code()).isEqualTo("unsupported-media-type");
        assertThat(http.header("Content-Type", "application/json; charset=UTF-8").post("/api/validate-token", "{}").status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%4", "%4g", "a%20b%"})
    void refusesAQueryThatIsNotEncoded(String query) {
        assertThat(raw("GET /api/account/usage?from=" + query + " HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/account?from=%41%e2%82%AC HTTP/1.1")).startsWith("HTTP/1.1 401");
    }

    /** The first line of the answer to a request that no HTTP client would send. */
    private String raw(String line) {
        try (Socket socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void letsPagesOfRegisteredOriginsUseWhatSolutionsUse() {
        Http page = http.header("Origin", FakeHandover.ORIGIN).header("Access-Control-Request-Method", "POST");
        Answer preflight = page.send("OPTIONS", "/api/exchange-code", BodyPublishers.noBody());
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(FakeHandover.ORIGIN);
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(preflight.header("Vary")).contains("Origin");
        assertThat(page.send("OPTIONS", "/solutions/" + FINDER + "/api/search", BodyPublishers.noBody()).status()).isEqualTo(204);
        assertThat(page.send("OPTIONS", "/solutions/word-count/api/count", BodyPublishers.noBody()).header("Access-Control-Allow-Origin"))
                .as("another solution's").isEmpty();
    }

    @Test
    void letsNoOtherOriginAndNoOtherAddress() {
        for (String origin : List.of("https://evil.example", "null", "https://finder.example.evil.example", "http://finder.example", "*")) {
            Answer answer = http.header("Origin", origin).header("Access-Control-Request-Method", "POST")
                    .send("OPTIONS", "/api/exchange-code", BodyPublishers.noBody());
            assertThat(answer.header("Access-Control-Allow-Origin")).as(origin).isEmpty();
        }
        for (String path : List.of("/api/account", "/api/auth/sign-in", "/api/admin/users", "/api/user-tier", "/api/registrations")) {
            assertThat(http.header("Origin", FakeHandover.ORIGIN).get(path).header("Access-Control-Allow-Origin")).as(path).isEmpty();
        }
    }

    @Test
    void saysWhenToTryAgain() {
        Answer answer = http.header("Sec-Fetch-Site", "same-origin")
                .post("/api/auth/sign-in", "{\"email\":\"a@example.com\",\"password\":\"x\"}");

        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"people\";q=100000;w=60");
        assertThat(answer.header("RateLimit")).startsWith("\"people\";r=");
    }

    @Test
    void leavesTheConnectionUsableAfterARefusalThatReadNoBody() throws Exception {
        String refused = "POST /api/auth/sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: cross-site\r\nContent-Type: application/json\r\n";
        String next = "GET /api/account HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        assertThat(http.raw(refused + "Content-Length: 40000\r\n\r\n" + "x".repeat(40_000) + next))
                .startsWith("HTTP/1.1 403").contains("HTTP/1.1 401");
        assertThat(http.raw(refused + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 403").contains("Connection: close");
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws Exception {
        String request = "GET /api/account HTTP/1.1\r\nHost: x\r\nCookie: a=" + "b".repeat(20_000) + "\r\nConnection: close\r\n\r\n";

        assertThat(http.raw(request)).startsWith("HTTP/1.1 431");
    }
}
