package com.cloudnestle.marketplace.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as they were built, over a real server. */
class WebServletTest {

    private static final Server SERVER = new Server();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static String base = "";

    @BeforeAll
    static void start() throws Exception {
        ServerConnector connector = new ServerConnector(SERVER);
        connector.setHost("127.0.0.1");
        SERVER.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new WebServlet()), "/");
        SERVER.setHandler(context);
        SERVER.start();
        base = "http://127.0.0.1:" + connector.getLocalPort();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/catalogue/word-count", "/register?solution_id=x", "/sign-up/confirm", "/dashboard", "/admin/users/cus_1"})
    void everyPageIsTheOneDocument(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(answer.body()).contains("<div id=\"root\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/such/page", "/catalogue/", "/catalogue/a/b", "/index.html", "/assets/", "/files.txt", "/.vite/manifest.json"})
    void whatIsNoPageIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get(path).body()).contains("<div id=\"root\">");
        HttpResponse<String> program = get(path, "Accept", "application/json");
        assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(program.body()).startsWith("{\"type\":\"/problems/not-found\",").endsWith("\"code\":\"not-found\"}");
    }

    @Test
    void theDocumentHasNothingInlineAndAllItNamesIsThere() throws Exception {
        HttpResponse<String> answer = get("/");
        String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(answer.body()).doesNotContain("<style", " style=", " onload=").doesNotContainPattern("<script[^>]*>[^<]");
        List<String> named = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(answer.body()).results().map(m -> m.group(1)).toList();
        assertThat(named).hasSizeGreaterThan(3);
        for (String path : named) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void aFileWhoseNameHoldsItsHashIsKeptForAYear() throws Exception {
        HttpResponse<String> answer = get(script());

        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("/theme.js").headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void aScriptIsSentCompressedToWhoReadsThat() throws Exception {
        String script = script();
        HttpResponse<byte[]> compressed = CLIENT.send(
                request(script).header("Accept-Encoding", "gzip, br").build(), BodyHandlers.ofByteArray());

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(unpacked(compressed.body())).isEqualTo(get(script).body());
        assertThat(get(script).headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void anUnchangedDocumentIsNotSentAgain() throws Exception {
        String tag = get("/").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = get("/", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/no/such/page", "If-None-Match", tag).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyReadsAreAnswered() throws Exception {
        HttpResponse<String> post = CLIENT.send(
                request("/").POST(HttpRequest.BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        HttpResponse<String> head = CLIENT.send(
                request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void theLicencesOfTheLibrariesAreThere() throws Exception {
        assertThat(get("/licences.txt").body()).contains("react 19", "(MIT)", "i18next", "Permission is hereby granted");
    }

    private static String script() throws IOException, InterruptedException {
        var found = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(get("/").body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String unpacked(byte[] gzip) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, "Accept", "text/html");
    }

    private static HttpResponse<String> get(String path, String header, String value) throws IOException, InterruptedException {
        return CLIENT.send(request(path).header(header, value).build(), BodyHandlers.ofString());
    }
}
