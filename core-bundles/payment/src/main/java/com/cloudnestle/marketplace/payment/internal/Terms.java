package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Payment.Term;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How long lasts what is paid for by the month or by the year: months and years of the seller's calendar. Terms that follow one another
 * keep the day on which the first began, as far as a month has it: 31 January, 28 February, 31 March.
 *
 * @param zone where the seller's days begin
 */
record Terms(ZoneId zone) {

    private static final int REMIND_DAYS = 3;
    private static final int MONTH_RENEWABLE_DAYS = 7;
    private static final int YEAR_RENEWABLE_DAYS = 30;
    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    /** Whether what has a price for this period ends; what is bought once does not. */
    static boolean ends(String period) {
        return period.equals("month") || period.equals("year");
    }

    /** The day of the month that begins now: the anchor of the terms that follow. */
    int day(Instant now) {
        return now.atZone(zone).getDayOfMonth();
    }

    /**
     * @param period {@code month} or {@code year}
     * @param anchor day of the month on which the first of these terms began, 1 to 31
     */
    Term term(Instant from, String period, int anchor) {
        ZonedDateTime begins = from.atZone(zone);
        YearMonth month = YearMonth.from(begins).plusMonths(period.equals("year") ? 12 : 1);
        LocalTime time = begins.toLocalTime();
        return new Term(from, month.atDay(Math.min(anchor, month.lengthOfMonth())).atTime(time).atZone(zone).toInstant());
    }

    /** From when the term after this one can be bought. */
    Instant renewableFrom(Term term, String period) {
        int days = period.equals("year") ? YEAR_RENEWABLE_DAYS : MONTH_RENEWABLE_DAYS;
        return term.until().atZone(zone).minusDays(days).toInstant();
    }

    /** When the customer is reminded that the term ends. */
    Instant remindAt(Term term) {
        return term.until().atZone(zone).minusDays(REMIND_DAYS).toInstant();
    }

    int days(Term term) {
        return Math.toIntExact(ChronoUnit.DAYS.between(date(term.from()), date(term.until())));
    }

    /** Days of the term that are still to come; today is used, whatever the hour. */
    int unused(Term term, Instant now) {
        long toCome = ChronoUnit.DAYS.between(date(now), date(term.until())) - 1;
        return (int) Math.max(0, Math.min(days(term), toCome));
    }

    private LocalDate date(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** A day for a mail, e.g. {@code 1 April 2026}. */
    String day(Instant moment, Locale language) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", language).format(moment.atZone(zone));
    }

    /** A moment for a message, e.g. {@code 1 April 2026, 17:30 (Asia/Kolkata)}. */
    String moment(Instant moment) {
        return FOR_PEOPLE.format(moment.atZone(zone)) + " (" + zone + ")";
    }
}
