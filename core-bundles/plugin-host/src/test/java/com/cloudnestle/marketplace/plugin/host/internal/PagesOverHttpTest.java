package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.testing.RawHttp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesOverHttpTest {

    private static final String HTML = "<!doctype html><style>p{}</style><p>é</p><script>go()</script>";

    private final Platform platform = new Platform();

    @BeforeEach
    void deploy() {
        platform.deploy("com.example.text", "1.0.0",
                () -> new TextSolution(SolutionDescriptor.of("text", "Text", "", "count").withStartPath("search"), "ok"),
                Map.of("search.html", HTML, "app.js", "go()", "docs/index.html", "docs", "img/a.svg", "<svg/>", "api/x.html", "no",
                        "data.unknown", "x", "with space.txt", "space"));
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void servesAPageWithoutItsExtension() throws Exception {
        HttpResponse<String> answer = platform.get("/solutions/text/search?q=x");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(HTML);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self'; script-src 'self' 'sha256-").contains("style-src 'self' 'sha256-")
                .doesNotContain("unsafe");
        assertThat(platform.get("/solutions/text/search.html").body()).isEqualTo(HTML);
    }

    @ParameterizedTest
    @CsvSource({"app.js,text/javascript;charset=utf-8", "img/a.svg,image/svg+xml", "docs/,text/html;charset=utf-8",
        "data.unknown,application/octet-stream", "with%20space.txt,text/plain;charset=utf-8"})
    void sendsTheRightType(String path, String type) throws Exception {
        HttpResponse<String> answer = platform.send(platform.request("/solutions/text/" + path).header("Accept", "text/html,*/*;q=0.1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/solutions/text", "/solutions/text/"})
    void leadsToTheFirstPage(String path) throws Exception {
        HttpResponse<String> answer = platform.get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/solutions/text/search");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?token=tok_1&user_email=ann%40example.com", "?q=a+b%26c", "?x=%0d%0aSet-Cookie:%20a=b"})
    void losesNothingOfTheAddressOnTheWay(String query) throws Exception {
        assertThat(platform.get("/solutions/text/" + query).headers().firstValue("Location")).hasValue("/solutions/text/search" + query);
    }

    @Test
    void leadsToTheIndexWithoutAStartPath() throws Exception {
        platform.deploy("com.example.b", "1.0.0", () -> new TextSolution("bare", "x"), Map.of("index.html", "hello"));

        assertThat(platform.get("/solutions/bare/").headers().firstValue("Location")).hasValue("/solutions/bare/index.html");
        assertThat(platform.get("/solutions/bare/index.html").body()).isEqualTo("hello");
    }

    @Test
    void saysWhenAPageIsUnchanged() throws Exception {
        HttpResponse<String> first = platform.get("/solutions/text/search");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        String modified = first.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");

        HttpResponse<String> second = platform.send(platform.request("/solutions/text/search").header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).hasValue(tag);
        assertThat(platform.send(platform.request("/solutions/text/search").header("If-Modified-Since", modified)).statusCode())
                .isEqualTo(304);
        assertThat(platform.send(platform.request("/solutions/text/search").header("If-None-Match", "\"other\"")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> answer = platform.send(platform.request("/solutions/text/search").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("ETag")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "search.htm", "docs", "SEARCH", "index.html", "web/search.html", "a/b/c/d/e/f/g/h"})
    void answersAProblemForUnknownPages(String path) throws Exception {
        HttpResponse<String> answer = platform.get("/solutions/text/" + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"not-found\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../OSGI-INF/x.xml", "..%2fMETA-INF/MANIFEST.MF", "%2e%2e/META-INF/MANIFEST.MF", "..\\META-INF",
        "....//META-INF/MANIFEST.MF", "%2fetc%2fpasswd", "search%00.html", "docs/../../META-INF/MANIFEST.MF"})
    void nothingOutsideTheFolderCanBeReached(String path) throws Exception {
        String answer = raw("GET /solutions/text/" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("Manifest-Version", "root:");
    }

    @Test
    void theApiIsNotShadowedByThePages() throws Exception {
        assertThat(platform.get("/solutions/text/api/version").body()).isEqualTo("{\"answer\":\"ok\"}");
        assertThat(platform.get("/solutions/text/api/x.html").statusCode()).isEqualTo(404);
        assertThat(platform.get("/solutions/text/api").statusCode()).isEqualTo(404);
    }

    @Test
    void pagesCannotBePosted() throws Exception {
        HttpResponse<String> answer = platform.post("/solutions/text/search", "{}");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    private String raw(String request) throws IOException {
        return RawHttp.send(platform.port(), request, false);
    }
}
