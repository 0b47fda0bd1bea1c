package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mailer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells customers of the end of what they paid for: one mail before and one after, however often it is asked for. */
final class TermMails {

    private static final Duration BEFORE = Duration.ofDays(3);
    private static final Duration AFTER = Duration.ofDays(7);

    private final Mailer mailer;
    private final CustomerDirectory customers;
    private final Accounts accounts;
    private final CatalogService catalog;
    private final PublicAddress address;
    private final Terms terms;

    TermMails(Mailer mailer, CustomerDirectory customers, Accounts accounts, CatalogService catalog, PublicAddress address, Terms terms) {
        this.mailer = mailer;
        this.customers = customers;
        this.accounts = accounts;
        this.catalog = catalog;
        this.address = address;
        this.terms = terms;
    }

    void ending(StoredPayment payment) {
        send(payment, Mail.Kind.TERM_ENDING, BEFORE);
    }

    void ended(StoredPayment payment) {
        send(payment, Mail.Kind.TERM_ENDED, AFTER);
    }

    /** Nobody is left to be told where the customer is gone. */
    private void send(StoredPayment payment, Mail.Kind kind, Duration worth) {
        Instant until = payment.term().orElseThrow().until();
        customers.find(payment.customerId()).ifPresent(customer -> {
            String language = accounts.find(customer.id()).map(Account::language).orElse("en");
            Map<String, String> values = new HashMap<>(Map.of(
                    "solution", catalog.find(payment.solutionId()).map(entry -> entry.descriptor().name()).orElse(payment.solutionId()),
                    "tier", payment.tier(),
                    "renew_link", address.upgradePage(payment.solutionId(), payment.tier()).toString()));
            if (kind.needs().contains("until")) {
                values.put("until", terms.day(until, Locale.forLanguageTag(language)));
            }
            String key = kind.name() + ":" + payment.id() + ":" + until.toEpochMilli(); // a term that was moved has another end
            mailer.send(new Mail(key, customer.email(), language, kind, values, worth));
        });
    }
}
