package com.cloudnestle.marketplace.identity;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A normalised e-mail address: NFC, no surrounding space, lower case. Two spellings that normalise alike are one person.
 * Dots and plus tags are kept: they are different mailboxes for most providers. A domain written for machines
 * ({@code xn--…}) is put into letters. One that is another domain for mail servers than for its reader, as {@code faß.de}, which
 * goes to {@code fass.de}, is refused.
 *
 * @param value the normalised address, 3 to 254 characters
 */
public record EmailAddress(String value) {

    // One @, no space or control or quoting, a dotted domain: stricter than RFC 5321, which allows what nobody uses.
    private static final Pattern FORM =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}.-]{0,251}[\\p{L}\\p{M}\\p{N}])");

    public EmailAddress {
        if (!value.equals(normalise(value)) || !wellFormed(value)) {
            throw new IllegalArgumentException("not a normalised e-mail address");
        }
    }

    /**
     * Normalises and checks what a caller sent.
     *
     * @param field name of the request field, for the error
     * @throws MarketplaceException {@code invalid-field} (422)
     */
    public static EmailAddress parse(String field, String text) {
        String normalised = normalise(text);
        if (!wellFormed(normalised)) {
            throw MarketplaceException.invalid(field, "is not an e-mail address");
        }
        return new EmailAddress(normalised);
    }

    private static String normalise(String text) {
        String plain = Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        int domain = plain.lastIndexOf('@') + 1;
        return plain.indexOf("xn--", domain) < 0 ? plain : plain.substring(0, domain) + IDN.toUnicode(plain.substring(domain));
    }

    private static boolean wellFormed(String text) {
        int at = text.indexOf('@');
        return text.length() <= 254
                && FORM.matcher(text).matches()
                && text.indexOf('.', at) > 0
                && !text.contains("..")
                && !text.startsWith(".")
                && text.charAt(at - 1) != '.'
                && unambiguous(text.substring(at + 1));
    }

    /** Whether the domain that mail is sent to reads like the one that was given. */
    private static boolean unambiguous(String domain) {
        if (domain.chars().allMatch(c -> c < 128)) {
            return true;
        }
        try {
            return IDN.toUnicode(IDN.toASCII(domain)).equals(domain);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
