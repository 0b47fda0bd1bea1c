package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Which account an identity opens. Two items each, written and deleted together: one under the identity, so that it opens one
 * account only, and one under the account, which has one identity of each provider. What a provider calls a person is kept as
 * a hash, but for the label that is shown.
 */
@Component(service = LinkedIdentities.class)
public final class LinkedIdentities {

    private static final String ACCOUNT = "account";
    private static final String IDENTITY = "identity";
    private static final String LABEL = "label";
    private static final String LINKED_AT = "linked_at";

    private final Store store;
    private final InstantSource clock;

    @Activate
    public LinkedIdentities(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param hash of issuer and subject */
    record Linked(String providerId, String label, Instant linkedAt, String hash) {}

    enum Outcome {
        ADDED,
        /** This very identity was there already. */
        THERE,
        /** The identity opens another account. */
        ELSEWHERE,
        /** The account has another identity of this provider. */
        ANOTHER
    }

    /** The account's id. */
    Optional<String> accountOf(ProviderAccount who) {
        return store.get(identityKey(hash(who))).flatMap(item -> item.string(ACCOUNT));
    }

    Outcome add(String accountId, String providerId, ProviderAccount who) {
        String hash = hash(who);
        String label = who.label().isEmpty() ? "-" : who.label();
        long now = clock.instant().toEpochMilli();
        Item byIdentity = new Item(identityKey(hash), Map.of(ACCOUNT, accountId, "provider", providerId, LINKED_AT, now));
        Item byAccount = new Item(accountKey(accountId, providerId), Map.of(IDENTITY, hash, LABEL, label, LINKED_AT, now));
        boolean added = store.transact(List.of(new Write.Put(byIdentity, Condition.itemAbsent()),
                new Write.Put(byAccount, Condition.itemAbsent()))).applied();
        if (added) {
            return Outcome.ADDED;
        }
        Optional<String> holder = accountOf(who);
        if (holder.isEmpty()) {
            return Outcome.ANOTHER;
        }
        return holder.get().equals(accountId) ? Outcome.THERE : Outcome.ELSEWHERE;
    }

    /** Ordered by provider. */
    List<Linked> ofAccount(String accountId) {
        List<Linked> found = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(accountId, cursor);
            for (Item item : page.items()) {
                found.add(new Linked(item.key().sk(), item.string(LABEL).orElse("-"),
                        Instant.ofEpochMilli(item.number(LINKED_AT, 0)), item.string(IDENTITY).orElse("")));
            }
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        return found;
    }

    private Page page(String accountId, @Nullable String cursor) {
        return store.query(Table.USERS, partition(accountId), "", false, Store.MAX_PAGE, cursor);
    }

    /**
     * @param provided another identity of the account that must still be there; empty: none is needed
     * @return false if something has changed in between; nothing was removed then
     */
    boolean remove(String accountId, Linked linked, Optional<Linked> provided) {
        List<Write> writes = new ArrayList<>(List.of(
                new Write.Delete(identityKey(linked.hash()), Condition.equal(ACCOUNT, accountId)),
                new Write.Delete(accountKey(accountId, linked.providerId()), Condition.equal(IDENTITY, linked.hash()))));
        provided.ifPresent(other -> writes.add(new Write.Check(
                accountKey(accountId, other.providerId()), Condition.equal(IDENTITY, other.hash()))));
        return store.transact(writes).applied();
    }

    /** For an account that is gone: the identity may open another one from now on. */
    void forget(ProviderAccount who, String goneAccountId) {
        store.delete(identityKey(hash(who)), Condition.equal(ACCOUNT, goneAccountId));
    }

    /** May be called again after a failure. */
    void eraseAll(String accountId) {
        for (Linked linked : ofAccount(accountId)) {
            // first what opens the account, and each by itself: half of it must not keep the other half
            store.delete(identityKey(linked.hash()), Condition.equal(ACCOUNT, accountId));
            store.delete(accountKey(accountId, linked.providerId()), Condition.NONE);
        }
    }

    private static String hash(ProviderAccount who) {
        return Secrets.hash(who.issuer() + "|" + who.subject());
    }

    private static Key identityKey(String hash) {
        return new Key(Table.USERS, "identity#" + hash, "account");
    }

    private static Key accountKey(String accountId, String providerId) {
        return new Key(Table.USERS, partition(accountId), providerId);
    }

    private static String partition(String accountId) {
        return "identities#" + accountId;
    }
}
