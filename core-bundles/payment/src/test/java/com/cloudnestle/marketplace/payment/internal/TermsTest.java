package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment.Term;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Months and years of the seller's calendar. */
class TermsTest {

    private final Terms india = new Terms(ZoneId.of("Asia/Kolkata"));
    private final Terms utc = new Terms(ZoneOffset.UTC);

    private static Instant at(String moment) {
        return Instant.parse(moment);
    }

    @ParameterizedTest
    @CsvSource({
        "month, 2026-03-01T12:00:00Z, 2026-04-01T12:00:00Z",
        "month, 2026-01-31T12:00:00Z, 2026-02-28T12:00:00Z",
        "month, 2028-01-31T12:00:00Z, 2028-02-29T12:00:00Z",
        "month, 2026-12-15T00:00:00Z, 2027-01-15T00:00:00Z",
        "year, 2026-03-01T12:00:00Z, 2027-03-01T12:00:00Z",
        "year, 2028-02-29T12:00:00Z, 2029-02-28T12:00:00Z"})
    void endsOnTheSameDayAtTheSameTimeOfTheNextMonthOrYear(String period, String from, String until) {
        assertThat(utc.term(at(from), period, utc.day(at(from))).until()).isEqualTo(at(until));
    }

    @Test
    void termsThatFollowKeepTheDayOfTheFirst() {
        List<Instant> ends = new ArrayList<>();
        Instant from = at("2026-01-31T12:00:00Z");
        for (int i = 0; i < 4; i++) {
            from = utc.term(from, "month", 31).until();
            ends.add(from);
        }
        assertThat(ends).containsExactly(at("2026-02-28T12:00:00Z"), at("2026-03-31T12:00:00Z"), at("2026-04-30T12:00:00Z"),
                at("2026-05-31T12:00:00Z"));
        assertThat(utc.term(at("2031-02-28T12:00:00Z"), "year", 29).until()).as("29 February").isEqualTo(at("2032-02-29T12:00:00Z"));
    }

    @Test
    void daysBeginAtMidnightInIndia() {
        // 31 January, 18:29:59 UTC is 23:59:59 there; a second later February begins
        Instant lastSecond = at("2026-01-31T18:29:59Z");
        Instant midnight = at("2026-01-31T18:30:00Z");
        assertThat(india.day(lastSecond)).isEqualTo(31);
        assertThat(india.day(midnight)).isEqualTo(1);
        assertThat(india.term(lastSecond, "month", 31).until()).isEqualTo(at("2026-02-28T18:29:59Z"));
        assertThat(india.term(midnight, "month", 1).until()).isEqualTo(at("2026-02-28T18:30:00Z"));
        Term term = india.term(at("2026-01-01T06:00:00Z"), "month", 1);
        assertThat(india.unused(term, lastSecond)).isZero();
        assertThat(india.unused(term, lastSecond.minusSeconds(86_400))).isEqualTo(1);
        assertThat(india.unused(term, midnight.minusSeconds(86_400))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 31, 30", "2026-03-14T23:59:59Z, 31, 17", "2026-03-15T00:00:00Z, 31, 16",
        "2026-03-31T00:00:00Z, 31, 0", "2026-04-01T11:59:59Z, 31, 0", "2026-02-27T12:00:00Z, 31, 31"})
    void todayIsUsed(String now, int all, int unused) {
        Term march = new Term(at("2026-03-01T12:00:00Z"), at("2026-04-01T12:00:00Z"));
        assertThat(utc.days(march)).isEqualTo(all);
        assertThat(utc.unused(march, at(now))).isEqualTo(unused);
    }

    @Test
    void leapFebruaryHasADayMore() {
        assertThat(utc.days(new Term(at("2028-02-01T00:00:00Z"), at("2028-03-01T00:00:00Z")))).isEqualTo(29);
        assertThat(utc.days(new Term(at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")))).isEqualTo(28);
        assertThat(utc.days(utc.term(at("2027-03-01T00:00:00Z"), "year", 1))).isEqualTo(366);
    }

    @Test
    void aMonthCanBeRenewedAWeekBeforeAndAYearThirtyDays() {
        Term term = new Term(at("2026-03-01T12:00:00Z"), at("2026-04-01T12:00:00Z"));
        assertThat(india.renewableFrom(term, "month")).isEqualTo(at("2026-03-25T12:00:00Z"));
        assertThat(india.renewableFrom(term, "year")).isEqualTo(at("2026-03-02T12:00:00Z"));
        assertThat(india.remindAt(term)).isEqualTo(at("2026-03-29T12:00:00Z"));
    }
}
