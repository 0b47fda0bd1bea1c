package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Whom a provider vouches for.
 *
 * @param issuer the provider, whatever the operator calls it
 * @param subject its name for the person: never changes and is never given to another one
 * @param label what the person knows the account by, for showing
 * @param name of the person, may be empty, at most 80 characters
 * @param verifiedEmail only if the provider says that it is the person's
 */
record ProviderAccount(URI issuer, String subject, String label, String name, Optional<EmailAddress> verifiedEmail) {

    private static final int MAX_SUBJECT = 255;
    private static final int MAX_LABEL = 120;
    private static final int MAX_NAME = 80;

    ProviderAccount {
        if (subject.isEmpty() || subject.length() > MAX_SUBJECT) {
            throw new IllegalArgumentException("a subject has 1 to " + MAX_SUBJECT + " characters");
        }
        label = oneLine(label, MAX_LABEL);
        name = oneLine(name, MAX_NAME);
    }

    /** The address, if there is one and it can be written to. */
    static Optional<EmailAddress> email(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(EmailAddress.parse("email", text));
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }

    /** Providers let people write what they like: no line breaks, nothing that turns the direction of text, no half characters. */
    private static String oneLine(String text, int max) {
        String clean = text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE
                        && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        if (clean.length() <= max) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max);
    }

    @Override
    public String toString() {
        return "ProviderAccount[" + issuer + "]";
    }
}
