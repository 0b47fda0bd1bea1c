package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Keys that have to do with old entitlements. */
final class LegacyKeys {

    /** How far the bulk migration is, and whether anything old is left. */
    static final Key PROGRESS = new Key(Table.SYSTEM, "MIG", "legacy-entitlements");
    /** Who migrates. */
    static final Key LOCK = new Key(Table.SYSTEM, "LOCK#migration", "lock");
    /** Partition of what cannot be read. */
    static final String QUARANTINE = "quarantine#entitlements";

    private LegacyKeys() {}

    /** Where it is noted that the old item at {@code key} cannot be read. */
    static Key quarantine(Key key) {
        return new Key(Table.SYSTEM, QUARANTINE, TokenHash.of(key.pk() + "\n" + key.sk()).hex());
    }

    /** For people: of an e-mail address only the first letter and the domain. */
    static String masked(Key key) {
        int at = key.pk().indexOf('@');
        return printable(at < 0 ? key.pk() : firstLetter(key.pk(), at) + "***" + key.pk().substring(at)) + " "
                + printable(key.sk());
    }

    private static String firstLetter(String pk, int at) {
        int start = pk.startsWith(EntitlementItem.USER) ? EntitlementItem.USER.length() : 0;
        return start < at ? pk.substring(0, pk.offsetByCodePoints(start, 1)) : pk.substring(0, at);
    }

    /** Keys come from elsewhere: nothing in them may end a line of a log or colour a console. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.isWhitespace(c)) {
                out.append("\\x").append(HexFormat.of().formatHex(Character.toString(c).getBytes(StandardCharsets.UTF_8)));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
