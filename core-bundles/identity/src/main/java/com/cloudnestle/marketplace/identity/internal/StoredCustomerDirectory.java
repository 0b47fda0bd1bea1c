package com.cloudnestle.marketplace.identity.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two items per customer: the profile under its UUID, and one whose key is the hash of the address. Both are
 * written in one transaction, and the second can be put only where nothing stands: that makes addresses unique.
 */
@Component
public final class StoredCustomerDirectory implements CustomerDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(StoredCustomerDirectory.class);
    private static final Pattern ID =
            Pattern.compile(Customer.PREFIX + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
    /** Longer texts are no address, however they would normalise; saves the work of finding out. */
    private static final int MAX_INPUT = 1_000;
    private static final int MAX_TRIES = 100;
    private static final String CUSTOMER_ID = "customerId";

    private final Store store;
    private final InstantSource clock;

    @Activate
    public StoredCustomerDirectory(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Customer> find(String customerId) {
        var id = ID.matcher(customerId);
        return id.matches()
                ? store.get(profileKey(id.group(1))).filter(StoredCustomerDirectory::ours).map(StoredCustomerDirectory::customer)
                : Optional.empty();
    }

    @Override
    public Optional<Customer> findByEmail(EmailAddress email) {
        return store.get(uniqueKey(email)).map(unique -> {
            String id = text(unique, CUSTOMER_ID);
            return find(id).orElseThrow(() -> new IllegalStateException("the address of " + id + " has no profile"));
        });
    }

    @Override
    public Customer findOrCreate(EmailAddress email) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Customer> known = findByEmail(email).or(() -> create(UUID.randomUUID(), email));
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw contested();
    }

    @Override
    public Customer adopt(UUID id, EmailAddress email) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Customer> known = find(Customer.PREFIX + id).or(() -> findByEmail(email)).or(() -> create(id, email));
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw contested();
    }

    @Override
    public Customer require(String idOrEmail) {
        return find(idOrEmail)
                .or(() -> address(idOrEmail).flatMap(this::findByEmail))
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer."));
    }

    /** Empty if somebody else made a customer with this address or id meanwhile. */
    private Optional<Customer> create(UUID id, EmailAddress email) {
        String uuid = id.toString();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Customer made = new Customer(Customer.PREFIX + uuid, email, now);
        // A change and not a put: what older software knew of the user stays beside it.
        Update profile = Update.builder()
                .set(CUSTOMER_ID, made.id())
                .set("email", email.value())
                .set("createdAt", now.toString())
                .set("updatedAt", now.toString())
                .build();
        Item unique = new Item(uniqueKey(email), Map.of(CUSTOMER_ID, made.id()));
        boolean applied = store.transact(List.of(
                        new Write.Put(unique, Condition.itemAbsent()),
                        new Write.Change(profileKey(uuid), profile, Condition.absent(CUSTOMER_ID))))
                .applied();
        if (!applied) {
            return Optional.empty();
        }
        LOG.info("customer made customerId={}", made.id());
        return Optional.of(made);
    }

    private static Optional<EmailAddress> address(String text) {
        if (text.length() > MAX_INPUT) {
            return Optional.empty();
        }
        try {
            return Optional.of(EmailAddress.parse("customer", text));
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }

    private static MarketplaceException contested() {
        return new MarketplaceException(Problem.STORE_UNAVAILABLE, "Too many parallel changes; try again.");
    }

    /** Older software's profiles may lie at the same key; they are no customers yet. */
    private static boolean ours(Item profile) {
        return profile.string(CUSTOMER_ID).isPresent();
    }

    private static Customer customer(Item profile) {
        return new Customer(text(profile, CUSTOMER_ID), new EmailAddress(text(profile, "email")),
                Instant.parse(text(profile, "createdAt")));
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute)
                .orElseThrow(() -> new IllegalStateException(item.key() + " lacks " + attribute));
    }

    private static Key profileKey(String uuid) {
        return new Key(Table.USERS, "user#" + uuid, "profile");
    }

    private static Key uniqueKey(EmailAddress email) {
        return new Key(Table.USERS, "email#" + Sha256.hex(email.value()), "unique");
    }
}
