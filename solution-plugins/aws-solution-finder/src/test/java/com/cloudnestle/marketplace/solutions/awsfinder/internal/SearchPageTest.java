package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the platform's content security policy asks of the page; the page at work is tested in a browser. */
class SearchPageTest {

    private final String page = read("/web/search.html");
    private final String script = read("/web/search.js");
    private final String styles = read("/web/search.css");

    @Test
    void loadsNothingFromElsewhere() {
        assertThat(page + script).doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?(https?:)?//");
        assertThat(styles).doesNotContain("@import").doesNotContain("url(");
        assertThat(Pattern.compile("<script[^>]*>").matcher(page).results().map(tag -> tag.group())).containsExactly(
                "<script src=\"/solutions/marketplace.js\" data-solution=\"" + AwsSolutionFinder.ID + "\">",
                "<script src=\"search.js\" defer>");
    }

    @Test
    void hasNothingInline() {
        assertThat(page).doesNotContain("<style").doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContainPattern("(?i)\\son[a-z]+\\s*=").doesNotContainPattern("(?i)\\sstyle\\s*=");
    }

    @Test
    void neverTurnsTextIntoMarkup() {
        assertThat(script).doesNotContain("innerHTML").doesNotContain("outerHTML").doesNotContain("insertAdjacentHTML")
                .doesNotContain("document.write").doesNotContain("eval(");
    }

    @Test
    void leavesTokensToThePlatformsScript() {
        assertThat(script).doesNotContain("Authorization").doesNotContain("marketplace_token").contains("marketplace.fetch('api/search'");
    }

    private static String read(String resource) {
        try (InputStream in = SearchPageTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
