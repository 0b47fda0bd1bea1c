package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Customers in memory. Thread-safe. */
public final class InMemoryCustomers implements CustomerDirectory {

    private final Map<String, Customer> byId = new LinkedHashMap<>();
    private final InstantSource clock;

    public InMemoryCustomers(InstantSource clock) {
        this.clock = clock;
    }

    /** {@link #findOrCreate(EmailAddress)} for an address written down in a test. */
    public Customer findOrCreate(String email) {
        return findOrCreate(EmailAddress.parse("email", email));
    }

    @Override
    public synchronized Optional<Customer> find(String customerId) {
        return Optional.ofNullable(byId.get(customerId));
    }

    @Override
    public synchronized Optional<Customer> findByEmail(EmailAddress email) {
        return byId.values().stream().filter(known -> known.email().equals(email)).findFirst();
    }

    @Override
    public Customer findOrCreate(EmailAddress email) {
        return adopt(UUID.randomUUID(), email);
    }

    @Override
    public synchronized Customer adopt(UUID id, EmailAddress email) {
        return find(Customer.PREFIX + id).or(() -> findByEmail(email)).orElseGet(() -> {
            Customer made = new Customer(Customer.PREFIX + id, email, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            byId.put(made.id(), made);
            return made;
        });
    }

    @Override
    public synchronized Customer require(String idOrEmail) {
        return find(idOrEmail)
                .or(() -> address(idOrEmail).flatMap(this::findByEmail))
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer."));
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(EmailAddress.parse("customer", text));
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }
}
