package com.cloudnestle.marketplace.payment.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an operator decides about payments.
 *
 * @param refundLate whether money that comes after a payment failed or expired goes back, instead of buying what it was for
 * @param production whether gateways that move no money are refused
 * @param checkoutFor how long a buyer has to pay
 * @param offered order of gateways: {@code razorpay}, or {@code finder:razorpay} for one solution; empty: all
 * @param poll between two looks for work
 * @param documents the numbers of invoices and credit notes
 */
record PaymentSettings(
        TaxRules taxes, boolean refundLate, boolean production, Duration checkoutFor, List<String> offered, Duration poll,
        DocumentRules documents) {

    PaymentSettings {
        offered = List.copyOf(offered);
        long minutes = checkoutFor.toMinutes();
        if (minutes < 5 || minutes > 60) {
            throw new IllegalArgumentException("checkout.minutes must be 5 to 60, was " + minutes);
        }
        if (poll.toSeconds() < 1 || poll.toSeconds() > 60) {
            throw new IllegalArgumentException("poll.seconds must be 1 to 60, was " + poll.toSeconds());
        }
    }

    /** @param secure whether people reach the marketplace by https */
    static PaymentSettings of(PaymentsComponent.Config config, boolean secure) {
        List<TaxRate> rates = texts(config.tax_rates()).stream().map(TaxRate::parse).toList();
        String country = config.seller_country().strip().toUpperCase(Locale.ROOT);
        TaxRules taxes = TaxRules.of(country, config.seller_state().strip(), config.seller_gstin().strip(), rates, config.exports_untaxed());
        if (config.exports_in_rupees()) {
            taxes = taxes.exportingForRupees();
        }
        return new PaymentSettings(
                taxes,
                refundLate(config.late_success().strip()), production(config.production().strip(), secure), Duration.ofMinutes(config.checkout_minutes()),
                texts(config.gateways()), Duration.ofSeconds(config.poll_seconds()),
                DocumentRules.of(taxes, config.seller_gstin().strip(), config.invoice_prefix(), config.credit_note_prefix()));
    }

    private static boolean refundLate(String said) {
        if (!said.equals("grant") && !said.equals("refund")) {
            throw new IllegalArgumentException("late.success must be grant or refund, was '" + said + "'");
        }
        return said.equals("refund");
    }

    private static boolean production(String said, boolean secure) {
        return switch (said) {
            case "" -> secure;
            case "true", "false" -> said.equals("true");
            default -> throw new IllegalArgumentException("production must be true, false or empty, was '" + said + "'");
        };
    }

    /** A configuration file without brackets gives one text with commas. */
    private static List<String> texts(String[] values) {
        return Arrays.stream(values).flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip).filter(value -> !value.isEmpty()).toList();
    }
}
