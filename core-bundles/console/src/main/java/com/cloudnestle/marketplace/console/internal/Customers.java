package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.quota.Subject;

/** Finds out whom an operator means. */
final class Customers {

    private static final String VISITOR_PREFIX = "anon_";

    private final Platform platform;

    Customers(Platform platform) {
        this.platform = platform;
    }

    /**
     * @param subject whose units are counted
     * @param name how to call them on the screen
     */
    record Person(Subject subject, String name) {}

    /** The customer with this {@code cus_…} id or e-mail address; says what was wrong with a text that is neither. */
    Customer existing(String idOrEmail) {
        if (idOrEmail.startsWith(Customer.PREFIX)) {
            return platform.customers().require(idOrEmail);
        }
        EmailAddress email = EmailAddress.parse("customer", idOrEmail);
        return platform.customers().findByEmail(email)
                .orElseThrow(() -> new MarketplaceException(
                        Problem.CUSTOMER_UNKNOWN, "There is no customer " + email
                                + ". 'market:entitle " + email + " <solution>' makes one and gives access."));
    }

    /** The account with this id or e-mail address; says so if there is only a customer, who cannot sign in. */
    Account account(String idOrEmail) {
        Customer customer = idOrEmail.startsWith(Customer.PREFIX)
                ? platform.customers().require(idOrEmail)
                : platform.customers().findByEmail(EmailAddress.parse("who", idOrEmail)).orElseThrow(() -> noAccount(idOrEmail));
        return platform.accounts().find(customer.id()).orElseThrow(() -> noAccount(idOrEmail));
    }

    private static MarketplaceException noAccount(String who) {
        return new MarketplaceException(Problem.CUSTOMER_UNKNOWN, who + " has no account; nobody can sign in as that."
                + " 'market:user --list' shows those there are.");
    }

    /** The customer, made if the address is new. An id that is not known is refused. */
    Customer existingOrNew(String idOrEmail) {
        return idOrEmail.startsWith(Customer.PREFIX)
                ? platform.customers().require(idOrEmail)
                : platform.customers().findOrCreate(EmailAddress.parse("customer", idOrEmail));
    }

    /** A customer, or the visitor behind an {@code anon_…} id. */
    Person person(String text) {
        if (text.startsWith(VISITOR_PREFIX)) {
            return new Person(new Subject.Visitor(text), text);
        }
        Customer customer = existing(text);
        return new Person(new Subject.User(customer.id()), customer.email().value());
    }
}
