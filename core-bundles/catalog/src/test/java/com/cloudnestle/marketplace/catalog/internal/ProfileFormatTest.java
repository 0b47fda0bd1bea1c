package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Window;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFormatTest {

    private static final String EVERYTHING = """
            {
              "name": "own",
              "description": "All there is",
              "tiers": [
                {
                  "tier": "basic",
                  "limits": [
                    {"window": "day", "zone": "Asia/Kolkata", "amount": 5},
                    {"window": "month", "amount": 50},
                    {"action": "export", "window": "days-7", "amount": 1},
                    {"action": "preview", "window": "lifetime", "amount": -1}
                  ],
                  "validity_days": 90,
                  "price": {"amount": "12.5", "currency": "USD", "period": "once"},
                  "features": ["export", "priority-support"]
                }
              ]
            }
            """;

    @Test
    void readsEverythingAProfileCanSay() {
        assertThat(read(EVERYTHING)).isEqualTo(new TierProfile("own", "All there is", List.of(new TierPlan(
                "basic",
                List.of(new Limit("each-meter", new Window.Day(ZoneId.of("Asia/Kolkata")), 5),
                        new Limit("each-meter", new Window.Month(ZoneId.of("UTC")), 50),
                        new Limit("export", new Window.Days(7), 1),
                        new Limit("preview", new Window.Lifetime(), -1)),
                OptionalInt.of(90),
                Optional.of(new Price(1_250, "USD", "once")),
                List.of("export", "priority-support")))));
    }

    @Test
    void writesWhatItReads() {
        assertThat(read(ProfileFormat.write(read(EVERYTHING)))).isEqualTo(read(EVERYTHING));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "999.00 | INR | 99900", "999 | INR | 99900", "0.5 | INR | 50", "0 | INR | 0", "100 | JPY | 100",
        "1.234 | BHD | 1234", "999999999999.99 | INR | 99999999999999"
    })
    void readsPricesExactly(String amount, String currency, long minor) {
        String price = ", \"price\": {\"amount\": \"%s\", \"currency\": \"%s\", \"period\": \"month\"}".formatted(amount, currency);

        assertThat(read(tier(price)).tiers().get(0).price()).contains(new Price(minor, currency, "month"));
    }

    /** Each line: what stands in the file, the field that is named, and a part of the reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`` | document | is empty",
        "[] | document | must be an object",
        "{ | line 1 | is not readable JSON",
        "{} {} | line 1 | is not readable JSON",
        "{\"name\": \"own\", \"name\": \"own\"} | line 1 | is not readable JSON",
        "{} | name | is missing",
        "{\"name\": null} | name | must not be null",
        "{\"name\": 5} | name | must be a text",
        "{\"name\": \"other\"} | name | must be 'own' like the file",
        "{\"name\": \"own\"} | document | needs at least one tier",
        "{\"name\": \"own\", \"tiers\": {}} | tiers | must be a list",
        "{\"name\": \"own\", \"tiers\": [5]} | tiers[0] | must be an object",
        "{\"name\": \"own\", \"tier\": []} | tier | is not known here; known are description, name, tiers",
        "{\"name\": \"own\", \"tiers\": [{\"limits\": []}]} | tiers[0].tier | is missing",
        "{\"name\": \"own\", \"tiers\": [{\"tier\": \"a\"}]} | tiers[0] | needs at least one limit",
        "{\"name\": \"own\", \"tiers\": [{\"tier\": \"a\", \"limits\": [], \"limit\": 3}]} | tiers[0].limit | is not known here",
    })
    void refusesAMalformedDocument(String document, String field, String reason) {
        assertRefused(document, field, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"amount\": 3} | window | is missing",
        "{\"window\": \"week\", \"amount\": 3} | window | must be lifetime, day, month or days-<number>, was 'week'",
        "{\"window\": \"days-0\", \"amount\": 3} | window | must be lifetime",
        "{\"window\": \"days-9999\", \"amount\": 3} | `` | days must be 1 to 3660",
        "{\"window\": \"day\", \"zone\": \"Mars/Base\", \"amount\": 3} | zone | is no time zone",
        "{\"window\": \"lifetime\", \"zone\": \"UTC\", \"amount\": 3} | zone | has a meaning only with",
        "{\"window\": \"day\"} | amount | is missing",
        "{\"window\": \"day\", \"amount\": \"3\"} | amount | must be a whole number",
        "{\"window\": \"day\", \"amount\": 3.5} | amount | must be a whole number",
        "{\"window\": \"day\", \"amount\": 1e3} | amount | must be a whole number",
        "{\"window\": \"day\", \"amount\": 99999999999999999999} | amount | must be a whole number",
        "{\"window\": \"day\", \"amount\": -2} | `` | amount must be -1 (unlimited) or 0 to",
        "{\"window\": \"day\", \"amount\": 1000000000000001} | `` | amount must be -1 (unlimited) or 0 to",
        "{\"window\": \"day\", \"amount\": 3, \"per\": \"user\"} | per | is not known here",
        "{\"action\": \"Search It\", \"window\": \"day\", \"amount\": 3} | `` | action must be",
    })
    void refusesAMalformedLimit(String limit, String field, String reason) {
        String document = "{\"name\": \"own\", \"tiers\": [{\"tier\": \"a\", \"limits\": [%s]}]}".formatted(limit);

        assertRefused(document, "tiers[0].limits[0]" + (field.isEmpty() ? "" : "." + field), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"validity_days\": 0 | `` | validityDays must be",
        "\"validity_days\": -1 | `` | validityDays must be",
        "\"validity_days\": 4294967297 | `` | validityDays must be",
        "\"validity_days\": \"15\" | validity_days | must be a whole number",
        "\"price\": 999 | price | must be an object",
        "\"price\": {\"amount\": 999.00, \"currency\": \"INR\", \"period\": \"month\"} | price.amount | must be a text",
        "\"price\": {\"amount\": \"999.001\", \"currency\": \"INR\", \"period\": \"month\"} | price.amount | at most 2 digits",
        "\"price\": {\"amount\": \"1.5\", \"currency\": \"JPY\", \"period\": \"month\"} | price.amount | at most 0 digits",
        "\"price\": {\"amount\": \"-1\", \"currency\": \"INR\", \"period\": \"month\"} | price.amount | must be a text like",
        "\"price\": {\"amount\": \"1\", \"currency\": \"RUPEES\", \"period\": \"month\"} | price.currency | is no ISO 4217",
        "\"price\": {\"amount\": \"1\", \"currency\": \"INR\", \"period\": \"week\"} | price | period must be",
        "\"price\": {\"currency\": \"INR\", \"period\": \"month\"} | price.amount | is missing",
        "\"features\": \"one\" | features | must be a list",
        "\"features\": [1] | features[0] | must be a text",
        "\"features\": [\"\"] | features | must be texts of 1 to 60",
    })
    void refusesAMalformedTier(String more, String field, String reason) {
        assertRefused(tier(", " + more), "tiers[0]" + (field.isEmpty() ? "" : "." + field), reason);
    }

    @Test
    void refusesATierNameThatIsNone() {
        assertRefused(tier("").replace("\"a\"", "\"Gold!\""), "tiers[0]", "tier must be 1 to 40");
    }

    @Test
    void refusesTheSameTierTwice() {
        String tier = "{\"tier\": \"a\", \"limits\": [{\"window\": \"day\", \"amount\": 1}]}";

        assertRefused("{\"name\": \"own\", \"tiers\": [" + tier + "," + tier + "]}", "tiers[1].tier", "stands here twice");
    }

    @Test
    void refusesTwoLimitsForOneWindow() {
        String day = "{\"window\": \"day\", \"amount\": 1}";
        String search = "{\"action\": \"search\", \"window\": \"day\", \"amount\": 2}";
        String form = "{\"name\": \"own\", \"tiers\": [{\"tier\": \"a\", \"limits\": [%s, %s]}]}";

        assertRefused(form.formatted(day, day), "tiers[0]", "limits each-meter twice per day");
        assertRefused(form.formatted(day, search), "tiers[0].limits", "search is limited twice per day");
    }

    @Test
    void refusesADocumentThatIsNoText() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ProfileFormat.read(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', '}'}, "own"))
                .withMessageContaining("is not readable JSON");
    }

    @Test
    void refusesDeepNesting() {
        assertRefused("[".repeat(5_000), "document", "is not readable JSON");
    }

    private static void assertRefused(String document, String field, String reason) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(document))
                .satisfies(e -> assertThat(e.getMessage()).startsWith(field).contains(": ").contains(reason));
    }

    private static String tier(String more) {
        return "{\"name\": \"own\", \"tiers\": [{\"tier\": \"a\", \"limits\": [{\"window\": \"day\", \"amount\": 1}]"
                + more + "}]}";
    }

    private static TierProfile read(String document) {
        return ProfileFormat.read(document.getBytes(StandardCharsets.UTF_8), "own");
    }
}
