package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the platform's content security policy asks of the page; the page at work is tested in a browser. */
class SearchPageTest {

    private final String page = read("/web/search.html");

    @Test
    void isOneFileThatLoadsNothingFromElsewhere() {
        assertThat(page).doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?(https?:)?//").doesNotContain("@import").doesNotContain("url(");
        assertThat(page).containsOnlyOnce("<script>").containsOnlyOnce("<style>").doesNotContain("<script ");
    }

    @Test
    void hasNoInlineHandlersAndNoStyleAttributes() {
        String markup = page.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
        assertThat(markup).doesNotContainPattern("(?i)\\son[a-z]+\\s*=").doesNotContainPattern("(?i)\\sstyle\\s*=");
    }

    @Test
    void neverTurnsTextIntoMarkup() {
        assertThat(page).doesNotContain("innerHTML").doesNotContain("outerHTML").doesNotContain("insertAdjacentHTML")
                .doesNotContain("document.write").doesNotContain("eval(");
    }

    private static String read(String resource) {
        try (InputStream in = SearchPageTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
