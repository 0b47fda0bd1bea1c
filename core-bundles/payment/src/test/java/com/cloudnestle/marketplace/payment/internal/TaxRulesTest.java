package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxRulesTest {

    private static final Instant NOON = World.NOON;
    private static final Money NET = inr(99_900);

    private static Money inr(long minor) {
        return new Money(minor, "INR");
    }

    private static Buyer from(String country, String region, String taxId) {
        return new Buyer("", country, region, taxId, "");
    }

    private static TaxRules rules(String state, String... rows) {
        return TaxRules.of("IN", state, "", List.of(rows).stream().map(TaxRate::parse).toList(), true);
    }

    private static final TaxRules KARNATAKA = rules("29", "2017-07-01 IN GST 1800");

    @Test
    void halvesTheTaxWithinTheStateIntoEqualParts() {
        assertThat(KARNATAKA.on(NET, from("IN", "29", ""), NOON)).containsExactly(
                new TaxLine("CGST", 900, inr(8_991)), new TaxLine("SGST", 900, inr(8_991)));
    }

    @Test
    void isOneTaxBetweenStates() {
        assertThat(KARNATAKA.on(NET, from("IN", "27", ""), NOON)).containsExactly(new TaxLine("IGST", 1800, inr(17_982)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "26", "31", "35", "38", "97"})
    void knowsTheTerritoriesWithoutLegislature(String state) {
        assertThat(rules(state, "2017-07-01 IN GST 1800").on(NET, from("IN", state, ""), NOON))
                .extracting(TaxLine::name).containsExactly("CGST", "UTGST");
    }

    @Test
    void goesByTheStateOfTheRegistrationBeforeThatOfTheAddress() {
        assertThat(KARNATAKA.on(NET, from("IN", "", "27AAPFU0939F1ZV"), NOON)).extracting(TaxLine::name).containsExactly("IGST");
        assertThat(KARNATAKA.on(NET, from("IN", "", "29AAACL1234C1Z1"), NOON)).hasSize(2);
        refused(from("IN", "29", "27AAPFU0939F1ZV"), "buyer.region");
    }

    @Test
    void asksForTheStateWhereTaxDependsOnIt() {
        refused(from("IN", "", ""), "buyer.region");
        refused(from("IN", "39", ""), "buyer.region");
        refused(from("IN", "25", ""), "buyer.region"); // Daman and Diu, a part of 26 since 2020
        refused(from("IN", "28", ""), "buyer.region"); // Andhra Pradesh as it was before there was a Telangana; 37 since
        refused(from("IN", "29", "29AAACL1234C1Z2"), "buyer.tax_id");
    }

    private static void refused(Buyer buyer, String field) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> KARNATAKA.on(NET, buyer, NOON))
                .satisfies(e -> assertThat(e.fieldErrors()).extracting("field").containsExactly(field));
    }

    /** Half up, each half by itself: so both are equal, though together they may differ from the whole by one. */
    @ParameterizedTest
    @CsvSource({"99900, 8991", "1, 0", "5, 0", "6, 1", "50, 5", "1271186, 114407", "100, 9", "117, 11", "105, 9", "150, 14"})
    void roundsHalfUpToThePaisa(long net, long half) {
        assertThat(KARNATAKA.on(inr(net), from("IN", "29", ""), NOON)).extracting(line -> line.amount().minor())
                .containsExactly(half, half);
    }

    @Test
    void changesAtMidnightInIndiaWhenARateDoes() {
        TaxRules changing = rules("29", "2017-07-01 IN GST 1800", "2026-04-01 IN GST 1200");
        Buyer buyer = from("IN", "27", "");

        assertThat(changing.on(NET, buyer, Instant.parse("2026-03-31T18:29:59Z"))).extracting(TaxLine::basisPoints).containsExactly(1800);
        assertThat(changing.on(NET, buyer, Instant.parse("2026-03-31T18:30:00Z"))).extracting(TaxLine::basisPoints).containsExactly(1200);
        assertThat(changing.on(NET, buyer, Instant.parse("2017-06-30T18:29:59Z"))).isEmpty();
    }

    @Test
    void leavesExportsUntaxedUnlessTheSellerPaysTaxOnThem() {
        Buyer abroad = from("DE", "", "");
        Money dollars = new Money(2_000, "USD");
        TaxRules paying = TaxRules.of("IN", "29", "", List.of(TaxRate.parse("2017-07-01 IN GST 1800")), false);

        assertThat(KARNATAKA.on(dollars, abroad, NOON)).isEmpty();
        assertThat(paying.on(dollars, abroad, NOON)).extracting(TaxLine::name).containsExactly("IGST");
    }

    /** Which country somebody is in is what he says; rupees are what people in India pay with. */
    @Test
    void hasTaxOnWhatIsPaidInRupeesWhateverCountryTheBuyerSays() {
        List<TaxLine> between = List.of(new TaxLine("IGST", 1800, inr(17_982)));

        assertThat(KARNATAKA.on(NET, from("US", "", ""), NOON)).isEqualTo(between);
        assertThat(KARNATAKA.on(NET, from("US", "29", "12-3456789"), NOON)).isEqualTo(between);
        assertThat(rules("29", "2017-07-01 IN Service 1500").on(NET, from("US", "", ""), NOON)).extracting(TaxLine::name)
                .as("of whatever kind").containsExactly("Service");
        assertThat(KARNATAKA.exportingForRupees().on(NET, from("US", "", ""), NOON)).as("unless the seller may").isEmpty();
    }

    @Test
    void hasNoTaxUntilItIsConfigured() {
        assertThat(TaxRules.NONE.on(NET, from("IN", "", ""), NOON)).isEmpty();
    }

    @Test
    void isOneLineInOtherCountries() {
        TaxRules german = TaxRules.of("DE", "", "", List.of(TaxRate.parse("2021-01-01 DE VAT 1900")), true);

        assertThat(german.on(new Money(10_000, "EUR"), from("DE", "", ""), NOON))
                .containsExactly(new TaxLine("VAT", 1900, new Money(1_900, "EUR")));
        assertThat(german.on(new Money(10_000, "EUR"), from("FR", "", ""), NOON)).isEmpty();
        assertThat(german.on(new Money(10_000, "INR"), from("IN", "29", ""), NOON)).as("rupees are foreign there").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2017-07-01 IN GST", "2017-07-01 IN GST 1801", "soon IN GST 1800", "2017-07-01 IN GST 10001",
        "2017-07-01 INDIA GST 1800"})
    void refusesRowsThatAreNone(String row) {
        assertThatIllegalArgumentException().isThrownBy(() -> TaxRate.parse(row)).withMessageContaining("tax.rates");
    }

    @Test
    void refusesASellerThatCannotBe() {
        List<TaxRate> rates = List.of(TaxRate.parse("2017-07-01 IN GST 1800"));

        assertThatIllegalArgumentException().isThrownBy(() -> TaxRules.of("IN", "", "", rates, true));
        assertThatIllegalArgumentException().isThrownBy(() -> TaxRules.of("", "", "", rates, true));
        assertThatIllegalArgumentException().isThrownBy(() -> TaxRules.of("IN", "", "29AAACL1234C1Z2", rates, true));
        assertThatIllegalArgumentException().isThrownBy(() -> TaxRules.of("IN", "27", "29AAACL1234C1Z1", rates, true));
        assertThat(TaxRules.of("IN", "", "29AAACL1234C1Z1", rates, true).state()).isEqualTo("29");
    }
}
