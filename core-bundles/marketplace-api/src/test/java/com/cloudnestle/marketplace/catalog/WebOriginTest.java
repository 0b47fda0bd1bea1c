package com.cloudnestle.marketplace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://Example.com/a?b#c, https://example.com",
        "HTTPS://example.com:443/, https://example.com",
        "https://example.com:8443, https://example.com:8443",
        "http://127.0.0.1:8181/x, http://127.0.0.1:8181",
        "http://[::1]:80/, http://[::1]",
        "https://xn--bcher-kva.example/, https://xn--bcher-kva.example"})
    void isWhatABrowserCallsTheOrigin(String address, String origin) {
        assertThat(WebOrigin.ofAddress(address)).map(WebOrigin::toString).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "example.com", "//example.com", "/path", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "https://user@example.com", "https://user:pass@example.com", "https://@example.com", "https://example.com\\@evil.example",
        "https:\\\\example.com", "https:example.com", "https:///example.com", "https://exa mple.com", "https://exam\tple.com",
        "https://example.com\n", " https://example.com", "https://bücher.example", "https://example。com", "https://%65xample.com",
        "https://example.com:99999", "https://example.com:0", "https://exa_mple.com", "https://example..com",
        "https://example.com.", "ftp://example.com"})
    void isNoneWhereTwoReadersCouldDisagree(String address) {
        assertThat(WebOrigin.ofAddress(address)).isEmpty();
    }

    @Test
    void hasNothingBehindHostAndPort() {
        assertThat(WebOrigin.parse("https://example.com:443")).contains(new WebOrigin("https", "example.com", 443));
        assertThat(WebOrigin.parse("https://example.com/")).isEmpty();
        assertThat(WebOrigin.parse("https://example.com?x")).isEmpty();
        assertThat(WebOrigin.parse("null")).isEmpty();
    }

    @Test
    void carriesTokensEncryptedOrNotOverTheNetworkAtAll() {
        assertThat(WebOrigin.registered("http://localhost:3000").local()).isTrue();
        assertThat(WebOrigin.registered("https://example.com").local()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> WebOrigin.registered("http://example.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> WebOrigin.registered("https://example.com/page"));
        assertThatIllegalArgumentException().isThrownBy(() -> WebOrigin.registered("*"));
    }
}
