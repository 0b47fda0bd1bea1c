package com.cloudnestle.marketplace.payment.internal;

import java.util.regex.Pattern;

/** The number of a business registered for India's goods and services tax. A right form does not mean that it is registered. */
final class Gstin {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** State, PAN, number of the registration within the state, a letter that is Z unless special, check character. */
    private static final Pattern FORM = Pattern.compile("[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z][A-Z][0-9A-Z]");
    private static final int CHECKED = 14;

    private Gstin() {}

    static boolean valid(String text) {
        return FORM.matcher(text).matches()
                && IndianStates.known(state(text))
                && text.charAt(CHECKED) == check(text.substring(0, CHECKED));
    }

    /** The two digits of the state in which it is registered. */
    static String state(String gstin) {
        return gstin.substring(0, 2);
    }

    /** Weights 1 and 2 by turns from the left; of each product quotient and remainder by 36 are added up. */
    static char check(String first) {
        int base = ALPHABET.length();
        int sum = 0;
        for (int i = 0; i < first.length(); i++) {
            int product = ALPHABET.indexOf(first.charAt(i)) * (i % 2 + 1);
            sum += product / base + product % base;
        }
        return ALPHABET.charAt((base - sum % base) % base);
    }
}
