package com.cloudnestle.marketplace.rest.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.people.Calls.Call;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person's calls are sent that nobody's page sends. */
class HostileInputTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);
    private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account root = PEOPLE.services.accounts.make("root" + System.nanoTime() + "@example.com", Role.ADMIN);
    private final NewSession session = PEOPLE.services.accounts.signIn(root);
    private final Http browser = PEOPLE.browser(session);

    static List<Call> withBody() {
        return Calls.of(PEOPLE).all().stream().filter(call -> call.ofPeople() || call.path().equals("/api/exchange-code"))
                .filter(Call::withBody).toList();
    }

    static List<Call> reading() {
        return Calls.of(PEOPLE).all().stream().filter(Call::ofPeople).filter(call -> call.method().equals("GET")).toList();
    }

    static List<Call> ofPeople() {
        return Calls.of(PEOPLE).all().stream().filter(Call::ofPeople).toList();
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void isRefusedWhereItIsNoJsonOrNoObject(Call call) {
        for (String body : List.of("", "{", "[]", "\"text\"", "7", "null", "<a/>", "a=b", "{\"email\":{}}{")) {
            assertThat(browser.json(call.method(), call.path(), body).status()).as(body).isBetween(400, 499);
        }
        // of a PATCH all may be absent
        assertThat(browser.json(call.method(), call.path(), "{}").status()).as("nothing in it").isLessThan(500);
        assertThat(browser.json(call.method(), call.path(), "{\"email\":null,\"code\":null,\"name\":null,\"roles\":[null]}").status())
                .as("nulls").isLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("reading")
    void isNothingWhereOnlyTheHeadersAreAskedFor(Call call) {
        Answer head = browser.send("HEAD", call.path(), BodyPublishers.noBody());

        assertThat(head.header("Set-Cookie")).isEmpty();
        assertThat(head.text()).isEmpty();
        boolean acts = call.path().endsWith("/start") || call.path().endsWith("/callback");
        assertThat(head.status() == 405).as("HEAD").isEqualTo(acts);
        assertThat(PEOPLE.providers.answers).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ofPeople")
    void isNothingWhereItAsksForOptionsOrTraces(Call call) {
        Answer options = browser.send("OPTIONS", call.path(), BodyPublishers.noBody());
        Answer trace = browser.send("TRACE", call.path(), BodyPublishers.noBody());

        assertThat(options.header("Set-Cookie")).isEmpty();
        assertThat(options.response().headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
        assertThat(trace.status()).isBetween(400, 499);
        assertThat(trace.text()).as("the cookie").doesNotContain(session.secret());
    }

    @ParameterizedTest
    @MethodSource("ofPeople")
    void isAnsweredWithHeadersThatLetNothingRun(Call call) {
        Answer answer = call.withBody()
                ? browser.json(call.method(), call.path(), "{\"name\":\"" + SCRIPT + "\"}")
                : browser.send(call.method(), call.path(), BodyPublishers.noBody());

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Type")).doesNotContain("html");
        assertThat(answer.text().isEmpty() || answer.header("Content-Type").contains("json")).as(answer.header("Content-Type")).isTrue();
    }

    @Test
    void comesBackAsTextInJsonOnly() {
        PEOPLE.services.entitlements.grant(root.id(), "word-count", "registered", "test");
        String body = "{\"name\":\"" + SCRIPT + "\",\"solution_id\":\"word-count\"}";
        List<Answer> answers = List.of(
                browser.json("PATCH", "/api/account", body),
                browser.post("/api/account/api-keys", body),
                browser.get("/api/account"),
                browser.get("/api/account/api-keys"),
                browser.get("/api/admin/users/" + root.id()));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.json().findValuesAsText("name")).contains(SCRIPT);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://evil.example/", "//evil.example/", "/\\\\evil.example/", "http://127.0.0.1:PORT@evil.example/solutions/faiss/",
        "http://127.0.0.1:PORT.evil.example/solutions/aws-solution-finder/", "http://evil.example#@127.0.0.1:PORT/",
        "https%3A%2F%2Fevil.example%2F", "javascript:alert(1)", "https://finder.example.evil.example/",
        "https://finder.example@evil.example/", "http://finder.example/app", "http://127.0.0.1:1/solutions/aws-solution-finder/"})
    void leadsNobodyElsewhere(String address) {
        String url = address.replace("PORT", String.valueOf(browser.port()));
        String visit = "\"solution_id\":\"faiss\",\"return_url\":\"" + url + "\"";

        assertThat(browser.post("/api/registrations", "{" + visit + "}").field()).isEqualTo("return_url");
        assertThat(browser.post("/api/auth/sign-up", "{\"email\":\"a@example.com\",\"password\":\"p\"," + visit + "}").field())
                .isEqualTo("return_url");
        String query = URLEncoder.encode(url.replace("\\\\", "\\"), StandardCharsets.UTF_8);
        assertThat(browser.get("/api/auth/providers/acme/start?solution_id=faiss&return_url=" + query).header("Location"))
                .isEqualTo("/sign-in?error=invalid-field");
    }

    @Test
    void isRefusedWhereItsHeadersAreTooLong() throws Exception {
        String request = "POST /api/auth/sign-in HTTP/1.1\r\nHost: x\r\nX-Long: " + "b".repeat(20_000)
                + "\r\nContent-Length: 2\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}";

        assertThat(browser.raw(request)).startsWith("HTTP/1.1 431");
    }
}
