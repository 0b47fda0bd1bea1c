package com.cloudnestle.marketplace.identity;

import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Customers by id and by e-mail address. */
@ProviderType
public interface CustomerDirectory {

    Optional<Customer> find(String customerId);

    Optional<Customer> findByEmail(EmailAddress email);

    /** The customer with this address, made if there is none yet; parallel calls get the same one. */
    Customer findOrCreate(EmailAddress email);

    /**
     * The customer that older software knew by this id: the one with this id, else the one with this address, else one that is
     * made with both. Parallel calls get the same one.
     */
    Customer adopt(UUID id, EmailAddress email);

    /**
     * The customer with this id ({@code cus_…}) or e-mail address.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code customer-unknown} (404)
     */
    Customer require(String idOrEmail);
}
