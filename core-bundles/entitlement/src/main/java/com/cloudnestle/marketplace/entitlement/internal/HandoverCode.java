package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.Handover;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a code: under its hash, so that nobody who reads the store can use one.
 *
 * @param origin of the page it was sent to; empty: a page of this server
 * @param challenge empty: the page made none
 * @param token hash of the token the code was exchanged for; empty: it was not yet
 */
record HandoverCode(
        String hash,
        String customerId,
        String solutionId,
        Optional<String> origin,
        Optional<String> challenge,
        Instant expiresAt,
        Optional<TokenHash> token) {

    /** How long a used code is remembered, to notice that somebody else has it too. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final String TOKEN = "token_hash";

    static Key key(String code) {
        return keyOf(TokenHash.of(code).hex());
    }

    private static Key keyOf(String hash) {
        return new Key(Table.SESSIONS, "handover#" + hash, "code");
    }

    static HandoverCode read(Item item) {
        String pk = item.key().pk();
        return new HandoverCode(
                pk.substring(pk.indexOf('#') + 1),
                EntitlementItem.text(item, "customer_id"),
                EntitlementItem.text(item, "solution_id"),
                item.string("origin"),
                item.string("challenge"),
                Instant.parse(EntitlementItem.text(item, "expires_at")),
                item.string(TOKEN).map(TokenHash::parse));
    }

    static Item made(String code, String customerId, String solutionId, Optional<String> origin, Optional<String> challenge,
            Instant now) {
        Instant end = now.plusSeconds(Handover.CODE_SECONDS);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("customer_id", customerId);
        attributes.put("solution_id", solutionId);
        origin.ifPresent(value -> attributes.put("origin", value));
        challenge.ifPresent(value -> attributes.put("challenge", value));
        attributes.put("expires_at", end.toString());
        attributes.put(Item.TTL, end.plus(REMEMBERED).getEpochSecond());
        attributes.put(Item.G1, ofCustomer(customerId));
        attributes.put(Item.G1_SORT, end.toString());
        return new Item(key(code), attributes);
    }

    /** Codes of one customer stand together in the index. */
    static String ofCustomer(String customerId) {
        return "handover-of#" + customerId;
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Uses it up, unless somebody else did. */
    Write used(TokenHash by) {
        return new Write.Change(
                keyOf(hash), Update.builder().set(TOKEN, by.hex()).build(), Condition.all(Condition.itemExists(), Condition.absent(TOKEN)));
    }
}
