package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an entitlement lies in the store: {@code user#<uuid>} / {@code solution#<id>}. The item also holds which token is
 * the current one (see {@link TokenPlace}); the two parts are changed on different conditions and do not disturb each other.
 */
final class EntitlementItem {

    /** Only this software writes it. */
    static final String ID = "entitlementId";
    static final String TIER = "accessTier";
    static final String STATUS = "status";
    static final String SINCE = "since";
    static final String UPDATED_AT = "updatedAt";
    /** Grows with every change of tier or status. */
    static final String VERSION = "version";
    static final String USER = "user#";
    static final String SOLUTION = "solution#";

    private static final Pattern CUSTOMER_ID =
            Pattern.compile(Customer.PREFIX + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private EntitlementItem() {}

    /** The partition of a customer; empty for what cannot be a customer's id. */
    static Optional<String> partition(String customerId) {
        var matcher = CUSTOMER_ID.matcher(customerId);
        return matcher.matches() ? Optional.of(USER + matcher.group(1)) : Optional.empty();
    }

    static Key key(String partition, String solutionId) {
        return new Key(Table.ENTITLEMENTS, partition, SOLUTION + solutionId);
    }

    static Item item(Key key, Entitlement entitlement) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(ID, entitlement.id());
        attributes.put("customerId", entitlement.customerId());
        attributes.put("email", entitlement.email());
        attributes.put("solution_id", entitlement.solutionId());
        attributes.put(TIER, entitlement.tier());
        attributes.put(STATUS, wire(entitlement.status()));
        attributes.put("createdAt", entitlement.createdAt().toString());
        attributes.put(SINCE, entitlement.since().toString());
        attributes.put(UPDATED_AT, entitlement.updatedAt().toString());
        attributes.put(VERSION, 1L);
        attributes.put(Item.G1, SOLUTION + entitlement.solutionId());
        attributes.put(Item.G1_SORT, key.pk());
        return new Item(key, attributes);
    }

    static Entitlement entitlement(Item item) {
        return new Entitlement(
                text(item, ID), text(item, "customerId"), text(item, "email"), text(item, "solution_id"),
                text(item, TIER), Entitlement.Status.valueOf(text(item, STATUS).toUpperCase(Locale.ROOT)),
                Instant.parse(text(item, "createdAt")), Instant.parse(text(item, SINCE)),
                Instant.parse(text(item, UPDATED_AT)));
    }

    static String wire(Entitlement.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Holds while nobody changed tier or status since {@code seen} was read. */
    static Condition unchanged(Item seen) {
        return seen.number(VERSION).isPresent()
                ? Condition.equal(VERSION, seen.number(VERSION).getAsLong())
                : Condition.all(Condition.itemExists(), Condition.absent(VERSION));
    }

    static String text(Item item, String attribute) {
        return item.string(attribute)
                .orElseThrow(() -> new IllegalStateException("the item at " + item.key().sk() + " lacks " + attribute));
    }
}
