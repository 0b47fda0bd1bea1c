package com.cloudnestle.marketplace.solutions.wordcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordCountTest {

    @ParameterizedTest
    @CsvSource({"'',0", "'  ,.! ',0", "one two  three,3", "it's one,2", "नमस्ते दुनिया,2", "こんにちは世界,2"})
    void countsWordsOfAnyScript(String text, long words) {
        assertThat(new WordCount().count(new WordCount.Text(text))).isEqualTo(Map.of("words", words));
    }

    @Test
    void refusesAMissingText() {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> new WordCount().count(new WordCount.Text(null)))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(422));
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> new WordCount().count(null));
    }

    @Test
    void itsPageNeedsNothingInlineAndNamesItselfToThePlatformsScript() throws Exception {
        try (InputStream in = WordCountTest.class.getResourceAsStream("/web/index.html")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("src=\"/solutions/marketplace.js\" data-solution=\"" + new WordCount().descriptor().id() + "\"")
                    .doesNotContain("<style").doesNotContainPattern("<script(?![^>]*\\ssrc=)");
        }
    }

    @Test
    void describesItselfWithTheMeterItsMethodNames() {
        assertThat(new WordCount().descriptor().meters()).singleElement().extracting("action").isEqualTo("count");
    }
}
