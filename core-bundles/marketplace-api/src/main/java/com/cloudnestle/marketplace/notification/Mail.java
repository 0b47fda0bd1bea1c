package com.cloudnestle.marketplace.notification;

import com.cloudnestle.marketplace.identity.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One message to one person. Values are plain text; the template escapes them.
 *
 * @param key equal for two requests that mean the same mail; 1 to 200 characters
 * @param language BCP 47 tag, e.g. {@code hi}; a language without templates gets English
 * @param values what the template shows, by name; may contain secrets such as a code, and is deleted after delivery
 * @param worthSendingFor after this long undelivered it is given up
 */
public record Mail(
        String key, EmailAddress to, String language, Kind kind, Map<String, String> values, Duration worthSendingFor) {

    public Mail {
        Objects.requireNonNull(to);
        Objects.requireNonNull(language);
        Objects.requireNonNull(kind);
        values = Map.copyOf(values);
        if (key.isEmpty() || key.length() > 200) {
            throw new IllegalArgumentException("key must have 1 to 200 characters");
        }
        if (worthSendingFor.isNegative() || worthSendingFor.isZero()) {
            throw new IllegalArgumentException("worthSendingFor must be positive");
        }
        for (String name : kind.needs()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("a mail of kind " + kind + " needs the value " + name);
            }
        }
    }

    @Override
    public String toString() {
        return "Mail[" + kind + "]"; // address and secrets stay out of logs
    }

    /** What is said. The names of the values each needs are in {@link #needs()}; links are absolute addresses. */
    public enum Kind {
        /** Ends a sign-up: {@code link} opens the page, {@code code} can be typed instead. */
        VERIFY_EMAIL("link", "code", "minutes"),
        /** Somebody signed up with an address that has an account already; tells the ways in. */
        ACCOUNT_EXISTS("sign_in_link", "reset_link"),
        /** Sets a new password. */
        RESET_PASSWORD("link", "minutes"),
        /** Asked to reset a password where there is no account. */
        NO_ACCOUNT("register_link"),
        PASSWORD_CHANGED("at", "device", "security_link"),
        WELCOME("name", "dashboard_link"),
        /** Signed in from a browser that was not seen before. */
        NEW_DEVICE("at", "device", "place", "security_link"),
        /** A second factor, passkey or way to sign in was added or removed. */
        SECURITY_CHANGED("what", "at", "device", "security_link"),
        /** 80 % of a window are used. */
        QUOTA_WARNING("solution", "used", "limit", "resets", "upgrade_link"),
        UPGRADED("solution", "tier", "dashboard_link"),
        /** What was paid for ends soon: {@code until} is the day. */
        TERM_ENDING("solution", "tier", "until", "renew_link"),
        /** What was paid for is over, and with it the tier. */
        TERM_ENDED("solution", "tier", "renew_link"),
        ACCOUNT_DELETED("at");

        private final List<String> needs;

        Kind(String... needs) {
            this.needs = List.of(needs);
        }

        /** Names of the values the template shows. */
        public List<String> needs() {
            return needs;
        }
    }
}
