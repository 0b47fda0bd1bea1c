package com.cloudnestle.marketplace.identity.internal.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the SHA-1 rows; the last six of their eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037",
        "20000000000, 353130",
    })
    void givesTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code);
    }

    @Test
    void givesThemInTheDigitsThatPeopleTypeWhereverTheServerStands() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("mr-IN-u-nu-deva")); // Marathi has digits of its own
        try {
            assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(59)))).isEqualTo("287082");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void forgivesAClockOneStepOffEitherWay() {
        Instant now = Instant.ofEpochSecond(1_111_111_109);
        long step = Totp.step(now);

        assertThat(Totp.match(SECRET, "081804", now)).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.match(SECRET, "081804", now.plusSeconds(30))).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.match(SECRET, "081804", now.minusSeconds(30))).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.match(SECRET, "081804", now.plusSeconds(62))).isEmpty();
        assertThat(Totp.match(SECRET, "081804", now.minusSeconds(62))).isEmpty();
        assertThat(Totp.match(SECRET, "", now)).isEmpty();
    }

    @Test
    void writesSecretsInBase32() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.newSecret()).hasSize(20).isNotEqualTo(Totp.newSecret());
    }
}
