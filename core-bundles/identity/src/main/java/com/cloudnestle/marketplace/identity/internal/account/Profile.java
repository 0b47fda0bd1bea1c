package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What people say of themselves. Kept as they wrote it: whoever shows it escapes it. */
final class Profile {

    private static final int MAX_NAME = 80;
    private static final int MAX_LANGUAGE = 35;

    private Profile() {}

    static String name(String name) {
        String text = name.strip();
        if (!acceptable(text)) {
            throw MarketplaceException.invalid("name", "must have at most " + MAX_NAME + " characters and no control characters");
        }
        return text;
    }

    /** Of a source that cannot be asked to correct it. */
    static String nameOrNone(String name) {
        String text = name.strip();
        return acceptable(text) ? text : "";
    }

    static String language(String tag) {
        if (!wellFormed(tag)) {
            throw MarketplaceException.invalid("language", "must be a BCP 47 tag such as en");
        }
        return Locale.forLanguageTag(tag).toLanguageTag();
    }

    static String languageOrEnglish(String tag) {
        return wellFormed(tag) ? Locale.forLanguageTag(tag).toLanguageTag() : "en";
    }

    private static boolean wellFormed(String tag) {
        return tag.length() <= MAX_LANGUAGE && tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    }

    /** Direction marks could make a name read as another in a list of names. */
    private static boolean acceptable(String text) {
        return text.codePointCount(0, text.length()) <= MAX_NAME
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0x202a && c <= 0x202e
                        || c >= 0x2066 && c <= 0x2069 || c == 0x2028 || c == 0x2029);
    }
}
