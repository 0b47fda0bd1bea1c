package com.cloudnestle.marketplace.identity.internal.password;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Which passwords are acceptable: long enough, and not among those that are tried first. No rules about kinds of characters:
 * they make passwords that people forget and programs guess. Thread-safe.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html">NIST SP 800-63B, passwords</a>
 */
@Component(service = PasswordPolicy.class)
public final class PasswordPolicy {

    static final int MIN = 10;
    static final int MAX = 200;
    /** Characters looked at before normalising, which may make more of them. */
    static final int MAX_INPUT = 1_000;

    /** Guessing work grows with the square of what is looked at; what follows only adds to the strength. */
    private static final int LOOKED_AT = 64;
    /** Of 0 to 4; 2: more than a million guesses by who knows the lists. */
    private static final int MIN_SCORE = 2;
    private static final int TELLING = 4;
    private static final List<String> OURS = List.of("cloudnestle", "marketplace");

    private final Zxcvbn estimate = new Zxcvbn();

    @Activate
    public PasswordPolicy() {}

    /**
     * @param field name of the request field, for the error
     * @param email whose password it will be
     * @throws MarketplaceException {@code invalid-field} (422) that says what is wrong
     */
    public void check(String field, String password, EmailAddress email) {
        if (password.length() > MAX_INPUT) {
            throw tooLong(field);
        }
        String text = Passwords.normalised(password);
        int length = text.codePointCount(0, text.length());
        if (length < MIN) {
            throw MarketplaceException.invalid(field, "must have at least " + MIN + " characters");
        }
        if (length > MAX) {
            throw tooLong(field);
        }
        String mailbox = email.value().substring(0, email.value().indexOf('@'));
        String lower = text.toLowerCase(Locale.ROOT);
        if (mailbox.length() >= TELLING && lower.contains(mailbox) || lower.contains(email.value())) {
            throw MarketplaceException.invalid(field, "must not contain your e-mail address");
        }
        if (OURS.stream().anyMatch(lower::contains)) {
            throw MarketplaceException.invalid(field, "must not contain the name of this service");
        }
        List<String> known = new ArrayList<>(OURS);
        known.add(mailbox);
        String looked = lower.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        if (estimate.measure(looked, known).getScore() < MIN_SCORE) {
            throw MarketplaceException.invalid(field, "is too easy to guess: it is, or is made of, what is tried first");
        }
    }

    private static MarketplaceException tooLong(String field) {
        return MarketplaceException.invalid(field, "must have at most " + MAX + " characters");
    }
}
