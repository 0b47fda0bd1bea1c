package com.cloudnestle.marketplace.rest.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code /problems/}: every problem has its page, and no page is left over. */
class ProblemPagesTest {

    private static final Path SOURCES = Path.of("..", "..", "docs", "problems");

    @RegisterExtension
    static final TestServer SERVER = new TestServer().with(new ProblemServlet(), "/problems/*");

    private final Http http = SERVER.http();

    @ParameterizedTest
    @EnumSource(Problem.class)
    void servesAPageForEachProblem(Problem problem) {
        Answer answer = http.get("/problems/" + problem.code());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<h1>" + Html.escape(problem.title()) + "</h1>", "<h2>What it means</h2>",
                "<h2>Typical causes</h2>", "<h2>What to do</h2>", "<h2>Example</h2>", "Status " + problem.status() + ", code");
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void showsAnExampleOfThisVeryProblem(Problem problem) throws IOException {
        String source = Files.readString(SOURCES.resolve(problem.code() + ".md"));
        String example = source.substring(source.indexOf("```\n") + 4, source.lastIndexOf("```"));
        com.fasterxml.jackson.databind.JsonNode json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(example);

        assertThat(json.path("type").asText()).isEqualTo("/problems/" + problem.code());
        assertThat(json.path("status").asInt()).isEqualTo(problem.status());
        assertThat(json.path("title").asText()).isEqualTo(problem.title());
        assertThat(json.path("code").asText()).isEqualTo(problem.code());
    }

    @Test
    void hasNoPageOfAProblemThatDoesNotExist() throws IOException {
        List<String> expected = Arrays.stream(Problem.values()).map(p -> p.code() + ".md").sorted().toList();
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted()).isEqualTo(expected);
        }
    }

    @Test
    void listsThemAllAndKnowsNoOther() {
        assertThat(http.get("/problems/").text()).contains("<a href=\"/problems/invalid-field\">");
        assertThat(http.get("/problems/nothing").status()).isEqualTo(404);
        assertThat(http.get("/problems/..%2Fdocs%2Findex").status()).isIn(400, 404);
    }

    @Test
    void forbidsScriptsAndFramingOnEachPage() {
        assertThat(http.get("/problems/").header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-").contains("frame-ancestors 'none'");
        assertThat(http.get("/problems/").header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void answersHeadWithoutABodyAndRefusesTheRest() {
        Answer head = http.send("HEAD", "/problems/", BodyPublishers.noBody());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        Answer refused = http.post("/problems/", "{}"); // once: its body was not read, so the server may close the connection
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void rendersOnlyWhatItKnowsAndEscapesTheRest() {
        assertThat(Markdown.toHtml("# A <b>\n\nText `x<y` & more\nsecond\n- one\n- two\n\n```\n<i> # no\n```\n")).isEqualTo(
                "<h1>A &lt;b&gt;</h1>\n<p>Text <code>x&lt;y</code> &amp; more\nsecond\n</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
                        + "<pre tabindex=\"0\"><code>&lt;i&gt; # no\n</code></pre>\n");
    }
}
