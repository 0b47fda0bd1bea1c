package com.cloudnestle.marketplace.payment.internal;

import java.util.Set;

/** The states and union territories of India by the two digits that the goods and services tax knows them by. */
final class IndianStates {

    static final String COUNTRY = "IN";

    private static final int HIGHEST = 38;
    private static final String OTHER_TERRITORY = "97";
    /** 25 was merged into 26, 28 was Andhra Pradesh before Telangana left it: payments of before may have them. */
    private static final Set<String> NO_MORE = Set.of("25", "28");
    /** Union territories without a legislature: their half of the tax is UTGST. */
    private static final Set<String> WITHOUT_LEGISLATURE = Set.of("04", "26", "31", "35", "38", OTHER_TERRITORY);

    private IndianStates() {}

    /** Whether something can be sold from there or to there today. */
    static boolean known(String code) {
        if (!code.matches("[0-9]{2}") || NO_MORE.contains(code)) {
            return false;
        }
        int number = Integer.parseInt(code);
        return number >= 1 && number <= HIGHEST || code.equals(OTHER_TERRITORY);
    }

    static boolean withoutLegislature(String code) {
        return WITHOUT_LEGISLATURE.contains(code);
    }
}
