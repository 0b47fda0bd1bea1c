package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.payment.internal.DocumentRules.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentRulesTest {

    private final World world = new World();
    private final StoredPayment payment = world.start().parts.book.require(world.start().initiate("k").id());

    private static DocumentRules rules(String country, String state, String gstin) {
        return DocumentRules.of(new TaxRules(country, state, List.of(), true, false), gstin, "INV", "CRN");
    }

    private String first(DocumentRules rules, Kind kind, String at) {
        return rules.series(kind, payment, Instant.parse(at)).number(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-31T18:29:59.999Z, INV/26-27/000001", // 31 March 23:59:59.999 in India
        "2027-03-31T18:30:00Z, INV/27-28/000001", // 1 April 00:00
        "2026-12-31T23:59:59Z, INV/26-27/000001",
        "2027-01-01T00:00:00Z, INV/26-27/000001",
        "2027-02-28T18:30:00Z, INV/26-27/000001", // a month's end is none of the year
        "2099-06-01T00:00:00Z, INV/99-00/000001"})
    void financialYearOfIndiaTurnsAtMidnightInIndia(String at, String number) {
        assertThat(first(rules("IN", "29", ""), Kind.INVOICE, at)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-31T23:59:59.999Z, CRN/2026/000001", "2027-01-01T00:00:00Z, CRN/2027/000001",
        "2027-03-31T23:00:00Z, CRN/2027/000001"})
    void elsewhereTheYearIsThatOfTheCalendar(String at, String number) {
        assertThat(first(rules("DE", "", ""), Kind.CREDIT_NOTE, at)).isEqualTo(number);
    }

    @Test
    void numbersNeverHaveMoreThanSixteenCharactersAndStayDifferent() {
        DocumentSeries series = new DocumentSeries("seller", "INV", "26-27");
        List<Long> places = List.of(1L, 999_999L, 1_000_000L, 1_000_001L, 99_999_999L);

        assertThat(places.stream().map(series::number)).containsExactly(
                "INV/26-27/000001", "INV/26-27/999999", "INV2627/1000000", "INV2627/1000001", "INV2627/99999999")
                .allMatch(number -> number.length() <= 16 && number.matches("[A-Z0-9/-]+"));
    }

    @Test
    void eachRegistrationHasSeriesOfItsOwn() {
        assertThat(rules("IN", "29", "29AAACL1234C1Z1").seller()).isEqualTo("29AAACL1234C1Z1");
        assertThat(rules("IN", "29", "").seller()).isEqualTo("IN-29");
        assertThat(rules("DE", "", "").seller()).isEqualTo("DE");
        assertThat(rules("", "", "").seller()).isEqualTo("seller");
    }

    @Test
    void prefixesAreThoseOfTheConfiguration() {
        PaymentSettings settings = PaymentSettingsTest.settings(Map.of("invoice_prefix", "lp", "credit_note_prefix", " C1 "));

        assertThat(settings.documents().invoicePrefix()).isEqualTo("LP");
        assertThat(settings.documents().creditNotePrefix()).isEqualTo("C1");
        assertThat(PaymentSettingsTest.settings(Map.of()).documents()).isEqualTo(DocumentRules.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"'', CRN, invoice.prefix", "LONG, CRN, invoice.prefix", "I-, CRN, invoice.prefix", "É, CRN, invoice.prefix",
        "INV, '', credit.note.prefix", "INV, INV, must differ", "inv, INV, must differ", "TST, CRN, TST", "INV, TCR, TCR"})
    void prefixesThatCannotBeAreRefusedByName(String invoices, String creditNotes, String said) {
        assertThatIllegalArgumentException().isThrownBy(() -> PaymentSettingsTest.settings(
                Map.of("invoice_prefix", invoices, "credit_note_prefix", creditNotes))).withMessageContaining(said);
    }
}
