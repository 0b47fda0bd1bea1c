package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import com.cloudnestle.marketplace.error.MarketplaceException;

/** What text somebody may look for. */
final class QueryText {

    private QueryText() {}

    /** @return the text without blanks around it */
    static String checked(String field, String text, int longest) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid(field, "must not contain control characters");
        }
        if (text.codePoints().allMatch(QueryText::invisible)) {
            throw MarketplaceException.invalid(field, "must not be empty");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw MarketplaceException.invalid(field, "must have at most " + longest + " characters");
        }
        return text.strip();
    }

    private static boolean invisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }
}
