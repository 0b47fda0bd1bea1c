package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PagePolicyTest {

    /** From the CSP 3 specification: the hash of {@code alert('Hello, world.');}. */
    private static final String HELLO = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";

    @Test
    void allowsTheInlineScriptOfTheFile() {
        assertThat(policy("<script>alert('Hello, world.');</script>")).contains("script-src 'self' " + HELLO + ";");
        assertThat(policy("<SCRIPT type=\"module\" data-x='a>b'>alert('Hello, world.');</SCRIPT >")).contains(HELLO);
    }

    @Test
    void hashesWhatABrowserHashes() {
        assertThat(policy("<style>\r\np {}\r\n</style>")).isEqualTo(policy("<style>\np {}\n</style>"));
        assertThat(policy("<style>é</style>")).contains("style-src 'self' 'sha256-");
    }

    @Test
    void needsNoHashForScriptsFromFiles() {
        assertThat(policy("<script src=\"app.js\"></script><script async\nsrc = app.js></script>"))
                .contains("script-src 'self'; style-src 'self';");
    }

    @Test
    void ignoresElementsThatOnlyLookLikeScripts() {
        assertThat(policy("<scripts>a</scripts><stylesheet>b</stylesheet>")).doesNotContain("sha256");
        assertThat(policy("<script>never closed")).doesNotContain("sha256");
        assertThat(policy("<script data-x=\"never closed>a</script>")).doesNotContain("sha256");
    }

    @Test
    void hashesEachElementOnce() {
        assertThat(policy("<script>a</script><script>b</script><script>a</script>").split("sha256-")).hasSize(3);
    }

    @Test
    void isQuickWithStrangeFiles() {
        String strange = "<script " + "\"".repeat(50_000) + "<style ".repeat(200_000) + "<script>".repeat(200_000) + "</".repeat(200_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> policy(strange));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> policy("<script>x</script>".repeat(50_000)));
    }

    private static String policy(String html) {
        return PagePolicy.of(html.getBytes(StandardCharsets.UTF_8));
    }
}
