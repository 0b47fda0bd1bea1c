package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is kept of a token, under its hash. It carries copies of the customer's data, so that one read answers whose it is.
 *
 * @param hash SHA-256 of the token, hexadecimal
 * @param status what was done with it: {@link #ACTIVE}, {@link #GRACE}, {@link #REPLACED}, {@link #REVOKED}
 * @param lifetimeDays how long it lived when it was made; empty: permanent
 */
record TokenItem(String hash, TokenHolder holder, String status, OptionalInt lifetimeDays) {

    static final String ACTIVE = "active";
    /** Rotated away, works until it expires. */
    static final String GRACE = "grace";
    /** Had expired when a newer one was made, and cannot be refreshed back to life beside it. */
    static final String REPLACED = "replaced";
    static final String REVOKED = "revoked";

    private static final String PARTITION = "token#";
    private static final String STATUS = "status";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String LIFETIME_DAYS = "lifetimeDays";
    static final int ID_DIGITS = 24;

    /** A token that older software gave out; it never expires. */
    static TokenItem carried(TokenHash hash, Entitlement owner) {
        return made(hash.hex(), owner, owner.createdAt(), OptionalInt.empty());
    }

    static TokenItem made(SolutionToken token, Entitlement owner, Instant now, OptionalInt lifetimeDays) {
        return made(token.hash(), owner, now, lifetimeDays);
    }

    private static TokenItem made(String hash, Entitlement owner, Instant now, OptionalInt lifetimeDays) {
        Optional<Instant> expiresAt = lifetimeDays.isPresent()
                ? Optional.of(now.plusSeconds(86_400L * lifetimeDays.getAsInt()))
                : Optional.empty();
        TokenHolder holder = new TokenHolder("tok_" + hash.substring(0, ID_DIGITS), owner.customerId(), owner.email(),
                owner.solutionId(), now, expiresAt);
        return new TokenItem(hash, holder, ACTIVE, lifetimeDays);
    }

    static TokenItem read(Item item) {
        TokenHolder holder = new TokenHolder(
                EntitlementItem.text(item, "tokenId"), EntitlementItem.text(item, "customerId"),
                EntitlementItem.text(item, "email"), EntitlementItem.text(item, "solution_id"),
                Instant.parse(EntitlementItem.text(item, "issuedAt")), item.string(EXPIRES_AT).map(Instant::parse));
        int days = (int) item.number(LIFETIME_DAYS, 0);
        return new TokenItem(EntitlementItem.text(item, "hash"), holder, EntitlementItem.text(item, STATUS),
                days == 0 ? OptionalInt.empty() : OptionalInt.of(days));
    }

    Item item() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("hash", hash);
        attributes.put("tokenId", holder.tokenId());
        attributes.put("customerId", holder.customerId());
        attributes.put("email", holder.email());
        attributes.put("solution_id", holder.solutionId());
        attributes.put("issuedAt", holder.issuedAt().toString());
        holder.expiresAt().ifPresent(end -> attributes.put(EXPIRES_AT, end.toString()));
        lifetimeDays.ifPresent(days -> attributes.put(LIFETIME_DAYS, (long) days));
        attributes.put(STATUS, status);
        attributes.put(Item.G1, place(holder.customerId(), holder.solutionId()));
        attributes.put(Item.G1_SORT, holder.issuedAt() + "#" + holder.tokenId());
        return new Item(key(hash), attributes);
    }

    /** Tokens of one customer and solution stand together in the index. */
    static String place(String customerId, String solutionId) {
        return EntitlementItem.partition(customerId).orElseThrow() + "#" + EntitlementItem.SOLUTION + solutionId;
    }

    static Key key(String hash) {
        return new Key(Table.TOKENS, PARTITION + hash, "token");
    }

    /** The hash in the key of a token's item. */
    static TokenHash hash(Key key) {
        return TokenHash.parse(key.pk().substring(PARTITION.length()));
    }

    /** Works, and needs no look at the clock to say so. */
    boolean permanent() {
        return status.equals(ACTIVE) && holder.expiresAt().isEmpty();
    }

    TokenState state(Instant now) {
        return switch (status) {
            case REVOKED -> TokenState.REVOKED;
            case REPLACED -> TokenState.EXPIRED;
            case GRACE -> expired(now) ? TokenState.EXPIRED : TokenState.GRACE;
            default -> expired(now) ? TokenState.EXPIRED : TokenState.ACTIVE;
        };
    }

    /** Whether there is something to revoke: it works, or could be refreshed to work again. */
    boolean endable(Instant now) {
        return status.equals(ACTIVE) || status.equals(GRACE) && !expired(now);
    }

    private boolean expired(Instant now) {
        return holder.expiresAt().filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Marks it, provided that nobody changed it since it was read. */
    Write becomes(String newStatus, Instant now) {
        return change(Update.builder().set(STATUS, newStatus).set("statusAt", now.toString()).build());
    }

    /** Marks it and sets its expiry, provided that nobody changed it since it was read. */
    Write becomes(String newStatus, Instant now, Instant expiresAt) {
        return change(Update.builder()
                .set(STATUS, newStatus)
                .set("statusAt", now.toString())
                .set(EXPIRES_AT, expiresAt.toString())
                .build());
    }

    private Write change(Update update) {
        Condition sameExpiry = holder.expiresAt()
                .map(end -> Condition.equal(EXPIRES_AT, end.toString()))
                .orElse(Condition.absent(EXPIRES_AT));
        return new Write.Change(key(hash), update, Condition.all(Condition.equal(STATUS, status), sameExpiry));
    }
}
