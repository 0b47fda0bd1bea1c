package com.cloudnestle.marketplace.payment.internal;

import java.util.Locale;

/**
 * Consecutive numbers of one kind of document of one seller in one year.
 *
 * @param seller whose documents they are
 * @param prefix 1 to 3 letters and digits
 * @param year {@code 26-27}, or {@code 2026} where the year is that of the calendar
 */
record DocumentSeries(String seller, String prefix, String year) {

    private static final long SIX_DIGITS = 999_999;

    /**
     * The number with this place in the series, from 1: {@code INV/26-27/000123}. It has at most 16 characters, as the rules on invoices
     * want it; after a million the signs that only help the eye give way to digits, for there is no good moment to stop selling:
     * {@code INV2627/1000000}, up to a hundred million.
     */
    String number(long place) {
        return place <= SIX_DIGITS
                ? String.format(Locale.ROOT, "%s/%s/%06d", prefix, year, place)
                : prefix + year.replace("-", "") + "/" + place;
    }
}
