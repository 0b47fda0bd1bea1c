package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An entitlement as older software wrote it, understood.
 *
 * @param seen the item it was read from
 * @param owner what follows {@code user#} in its key: an e-mail address or an id
 * @param email the owner's address, if the item tells it
 * @param token the secret itself, as older software kept it
 * @param unitsByDay what was counted, by UTC day
 * @param unchanged holds while nobody wrote to the item since it was read
 * @param unknown attributes that mean nothing to us; kept, because they may mean something to others
 */
record LegacyEntitlement(
        Item seen,
        String owner,
        Optional<EmailAddress> email,
        CatalogEntry solution,
        String tier,
        Entitlement.Status status,
        String token,
        Instant createdAt,
        Instant updatedAt,
        Map<LocalDate, Long> unitsByDay,
        Condition unchanged,
        Map<String, Object> unknown) {

    /** What reading an item gives. */
    sealed interface Reading {}

    record Readable(LegacyEntitlement entitlement) implements Reading {}

    /** @param reason what is wrong with it; nothing is guessed */
    record Malformed(String reason) implements Reading {}

    /** In order as far as can be told before its solution is in the catalogue. */
    record NotInstalled(String solutionName) implements Reading {}

    LegacyEntitlement {
        unitsByDay = Collections.unmodifiableMap(new TreeMap<>(unitsByDay));
        unknown = Map.copyOf(unknown);
    }

    boolean keyedByEmail() {
        return owner.indexOf('@') >= 0;
    }

    long units() {
        return unitsByDay.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether this software did not write it. */
    static boolean isOld(Item item) {
        return item.string(EntitlementItem.ID).isEmpty();
    }

    /** The token of an old item, whether or not the rest of it can be read. */
    static Optional<String> token(Item item) {
        return item.string("token").filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "LegacyEntitlement[" + LegacyKeys.masked(seen.key()) + "]"; // the token stays out of logs
    }
}
