package com.cloudnestle.marketplace.payment;

import java.util.Currency;
import java.util.Locale;

/**
 * An amount of one currency. Arithmetic across currencies and overflow are errors, never silent.
 *
 * @param minor in minor units (paise, cents; whole units where a currency has none), may be negative
 * @param currency ISO 4217 code, e.g. {@code INR}
 */
public record Money(long minor, String currency) implements Comparable<Money> {

    public Money {
        Currency.getInstance(currency); // refuses unknown codes
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    /** @throws IllegalArgumentException for another currency */
    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    /** For logs and pages of operators, e.g. {@code INR 1178.82}. */
    @Override
    public String toString() {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return String.format(Locale.ROOT, "%s %s", currency, java.math.BigDecimal.valueOf(minor, digits).toPlainString());
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot put " + currency + " and " + other.currency + " together");
        }
        return other;
    }
}
