package com.cloudnestle.marketplace.identity;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Customers by id and by e-mail address. */
@ProviderType
public interface CustomerDirectory {

    Optional<Customer> find(String customerId);

    Optional<Customer> findByEmail(EmailAddress email);

    /** The customer with this address, made if there is none yet; parallel calls get the same one. */
    Customer findOrCreate(EmailAddress email);

    /**
     * The customer with this id ({@code cus_…}) or e-mail address.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code customer-unknown} (404)
     */
    Customer require(String idOrEmail);
}
