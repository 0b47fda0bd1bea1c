package com.cloudnestle.marketplace.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static JsonText value(String value) {
        return new JsonText(16).json("{").string("\"v\":", value).json("}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"", "\\", "a\"b\\c", "\n\t\r\b\f\u0000\u001f", "\u007f", "é", "日本", "😀", "</script>"})
    void readsBackAsWhatWasWritten(String text) throws IOException {
        JsonNode read = new ObjectMapper().readTree(value(text).bytes());

        assertThat(read.path("v").textValue()).isEqualTo(text);
        assertThat(read).hasSize(1);
    }

    @Test
    void escapesWhatEndsAString() {
        assertThat(text(value("a\"b\\"))).isEqualTo("{\"v\":\"a\\\"b\\\\\"}");
    }

    @Test
    void leavesTextOfOtherLanguagesAsItIs() {
        assertThat(text(value("é"))).isEqualTo("{\"v\":\"é\"}");
    }

    @Test
    void writesNullNumbersAndFlags() {
        JsonText json = new JsonText(1)
                .json("{")
                .string("\"none\":", null)
                .number(",\"least\":", Long.MIN_VALUE)
                .flag(",\"yes\":", true)
                .json("}");

        assertThat(text(json)).isEqualTo("{\"none\":null,\"least\":-9223372036854775808,\"yes\":true}");
    }

    private static String text(JsonText json) {
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }
}
