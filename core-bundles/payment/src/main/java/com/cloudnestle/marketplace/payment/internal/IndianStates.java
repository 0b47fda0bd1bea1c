package com.cloudnestle.marketplace.payment.internal;

import java.util.Set;

/** The states and union territories of India by the two digits that the goods and services tax knows them by. */
final class IndianStates {

    static final String COUNTRY = "IN";

    private static final int HIGHEST = 38;
    private static final String OTHER_TERRITORY = "97";
    /** Union territories without a legislature: their half of the tax is UTGST. 25 was merged into 26. */
    private static final Set<String> WITHOUT_LEGISLATURE = Set.of("04", "25", "26", "31", "35", "38", OTHER_TERRITORY);

    private IndianStates() {}

    static boolean known(String code) {
        if (!code.matches("[0-9]{2}")) {
            return false;
        }
        int number = Integer.parseInt(code);
        return number >= 1 && number <= HIGHEST || code.equals(OTHER_TERRITORY);
    }

    static boolean withoutLegislature(String code) {
        return WITHOUT_LEGISLATURE.contains(code);
    }
}
