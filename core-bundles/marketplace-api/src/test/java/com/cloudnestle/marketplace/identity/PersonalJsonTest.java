package com.cloudnestle.marketplace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PersonalJsonTest {

    @Test
    void writesNestedValues() {
        PersonalJson json = new PersonalJson().text("a", "b").bool("c", true).texts("d", List.of("e", "f")).json("g", PersonalJson.array(List.of("1", "2")));

        assertThat(json).hasToString("{\"a\":\"b\",\"c\":true,\"d\":[\"e\",\"f\"],\"g\":[1,2]}");
        assertThat(new PersonalJson()).hasToString("{}");
    }

    @Test
    void letsNoTextEndAScriptOrTheString() {
        String text = "</script>\"\\&\n\u0000\u2028\ud83d\ude00\u0939";

        assertThat(new PersonalJson().text("t", text)).hasToString("{\"t\":\"\\u003c/script\\u003e\\u0022\\u005c\\u0026\\u000a\\u0000\\u2028"
                + "\\ud83d\\ude00\u0939\"}");
    }
}
