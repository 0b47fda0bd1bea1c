package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLDataException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AttributeCodecTest {

    /** What lies in files that exist: it may never change. */
    private static final String KNOWN = "01" + "00000001" + "62" + "42" + "00000002" + "ff00" + "00000001" + "6e" + "4e"
            + "fffffffffffffffe" + "00000002" + "c3a9" + "53" + "00000003" + "e5908d";

    private static Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("é", "名");
        attributes.put("n", -2L);
        attributes.put("b", new byte[] {-1, 0});
        return attributes;
    }

    @Test
    void writesTheSameBytesInWhateverOrderTheAttributesCome() {
        assertThat(HexFormat.of().formatHex(AttributeCodec.encode(attributes()))).isEqualTo(KNOWN);
    }

    @Test
    void readsWhatItWrote() throws Exception {
        Map<String, Object> decoded = AttributeCodec.decode(HexFormat.of().parseHex(KNOWN));

        assertThat(decoded).containsOnlyKeys("é", "n", "b").containsEntry("é", "名").containsEntry("n", -2L);
        assertThat((byte[]) decoded.get("b")).containsExactly(-1, 0);
        assertThat(AttributeCodec.decode(AttributeCodec.encode(Map.of()))).isEmpty();
    }

    @Test
    void refusesABodyThatIsCutOffAnywhere() {
        byte[] body = AttributeCodec.encode(attributes());
        int ends = 0;
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            if (length == 1 || length == 1 + 4 + 1 + 1 + 4 + 2 || length == body.length - 4 - 2 - 1 - 4 - 3) {
                ends++; // just between two attributes: nothing shows that more should follow
                continue;
            }
            assertThatExceptionOfType(SQLDataException.class).isThrownBy(() -> AttributeCodec.decode(cut));
        }
        assertThat(ends).isEqualTo(3);
    }

    @Test
    void refusesAnUnknownFormatAndAnUnknownType() {
        assertThatExceptionOfType(SQLDataException.class).isThrownBy(() -> AttributeCodec.decode(new byte[] {2}));
        assertThatExceptionOfType(SQLDataException.class)
                .isThrownBy(() -> AttributeCodec.decode(new byte[] {1, 0, 0, 0, 1, 'a', 'X'}));
    }
}
