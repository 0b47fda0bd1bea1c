package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds out whose an old entitlement is. */
final class LegacyOwners {

    /** Never a mailbox (RFC 2606): says that the owner's address is not known. */
    static final String PLACEHOLDER_DOMAIN = "@legacy.invalid";

    private static final int MAX_PROFILES = 100;

    /**
     * @param id the customer's id, if older software's can be kept
     * @param placeholder whether the address only stands for one that is not known
     */
    record Owner(Optional<UUID> id, EmailAddress email, boolean placeholder) {}

    private final Store store;
    private final CustomerDirectory customers;

    LegacyOwners(Store store, CustomerDirectory customers) {
        this.store = store;
        this.customers = customers;
    }

    /** Reads only. */
    Owner of(LegacyEntitlement old) {
        if (old.keyedByEmail()) {
            return new Owner(Optional.empty(), old.email().orElseThrow(), false);
        }
        Optional<UUID> id = uuid(old.owner());
        Optional<Customer> known = id.flatMap(uuid -> customers.find(Customer.PREFIX + uuid));
        if (known.isPresent()) {
            boolean placeholder = known.get().email().value().endsWith(PLACEHOLDER_DOMAIN);
            return new Owner(id, known.get().email(), placeholder);
        }
        return old.email().or(() -> profileAddress(old.owner()))
                .map(email -> new Owner(id, email, false))
                .orElseGet(() -> {
                    UUID made = id.orElseGet(() -> named(old.owner()));
                    return new Owner(Optional.of(made), placeholder(old.owner(), made), true);
                });
    }

    /** The customer, if there already is one. */
    Optional<Customer> present(Owner owner) {
        return owner.id().flatMap(id -> customers.find(Customer.PREFIX + id)).or(() -> customers.findByEmail(owner.email()));
    }

    /** The customer, made if there is none. */
    Customer customer(Owner owner) {
        return owner.id().map(id -> customers.adopt(id, owner.email())).orElseGet(() -> customers.findOrCreate(owner.email()));
    }

    /** The address in older software's profile of this user. */
    private Optional<EmailAddress> profileAddress(String owner) {
        Set<EmailAddress> found = new HashSet<>();
        String partition = EntitlementItem.USER + owner;
        for (Item profile : store.query(Table.USERS, partition, "", false, MAX_PROFILES, null).items()) {
            new LegacyFields(profile).text("email", "user_email", "userEmail").ifPresent(text -> {
                try {
                    found.add(EmailAddress.parse("email", text));
                } catch (MarketplaceException e) {
                    throw new LegacyFields.Unreadable("the e-mail address in the user's profile cannot be read");
                }
            });
        }
        if (found.size() > 1) {
            throw new LegacyFields.Unreadable("the user's profiles name different e-mail addresses");
        }
        return found.stream().findFirst();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Always the same for the same text, so that two old entitlements of one user come to one customer. */
    private static UUID named(String owner) {
        return UUID.nameUUIDFromBytes(("legacy-user#" + owner).getBytes(StandardCharsets.UTF_8));
    }

    /** With the id itself in it where that makes an address, and no other id's. */
    private static EmailAddress placeholder(String owner, UUID id) {
        try {
            EmailAddress email = EmailAddress.parse("email", owner + PLACEHOLDER_DOMAIN);
            if (email.value().equals(owner + PLACEHOLDER_DOMAIN)) {
                return email;
            }
        } catch (MarketplaceException e) {
            // no address can be made of it: its UUID stands for it
        }
        return new EmailAddress(id + PLACEHOLDER_DOMAIN);
    }
}
