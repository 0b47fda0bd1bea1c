package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Passkeys by account, and a second item by credential id, so that none belongs to two accounts. A third per account holds
 * the handle by which authenticators know it and how many passkeys there are. Thread-safe.
 */
@Component(service = PasskeyItems.class)
public final class PasskeyItems {

    static final int MAX = 20;

    private static final int HANDLE_BYTES = 32;
    private static final String HANDLE = "handle";
    private static final String COUNT = "n";
    private static final String PREFIX = "passkey#";
    private static final Pattern ID = Pattern.compile("psk_[0-9a-f]{32}");
    private static final Pattern CUSTOMER = Pattern.compile(Customer.PREFIX + "([0-9a-f-]{36})");

    private final Store store;

    @Activate
    public PasskeyItems(@Reference Store store) {
        this.store = store;
    }

    static String newId() {
        return "psk_" + HexFormat.of().formatHex(Secrets.random(16));
    }

    /** By what authenticators know an account: random, because they may show it to anybody. Made if there is none. */
    byte[] handle(String accountId) {
        return presentHandle(accountId).orElseGet(() -> store.update(handleKey(accountId),
                        Update.builder().set(HANDLE, Secrets.random(HANDLE_BYTES)).set(COUNT, 0L).build(), Condition.itemAbsent())
                .item()
                .flatMap(item -> item.bytes(HANDLE))
                .orElseThrow());
    }

    Optional<byte[]> presentHandle(String accountId) {
        return store.get(handleKey(accountId)).flatMap(item -> item.bytes(HANDLE));
    }

    /** The oldest first. */
    List<StoredPasskey> ofAccount(String accountId) {
        return uuid(accountId)
                .map(uuid -> store.query(Table.USERS, "user#" + uuid, PREFIX, false, Store.MAX_PAGE, null).items())
                .orElse(List.of())
                .stream()
                .map(StoredPasskey::of)
                .sorted(Comparator.comparing(StoredPasskey::createdAt).thenComparing(StoredPasskey::id))
                .toList();
    }

    Optional<StoredPasskey> byCredential(byte[] credentialId) {
        return store.get(credentialKey(credentialId))
                .flatMap(item -> store.get(key(item.string("accountId").orElseThrow(), item.string("passkeyId").orElseThrow())))
                .map(StoredPasskey::of);
    }

    /** What became of a passkey that was to be kept. */
    enum Addition {
        DONE,
        /** Some account has this credential already. */
        TAKEN,
        /** There are {@link #MAX}. */
        FULL,
        /** The account is being erased. */
        GONE
    }

    Addition add(StoredPasskey passkey, byte[] handle) {
        Key account = handleKey(passkey.accountId());
        TransactResult result = store.transact(List.of(
                new Write.Change(account, Update.builder().add(COUNT, 1).build(),
                        Condition.all(Condition.equal(HANDLE, handle), Condition.less(COUNT, MAX))),
                new Write.Put(new Item(credentialKey(passkey.credential().id()), Map.of(
                        "accountId", passkey.accountId(), "passkeyId", passkey.id())), Condition.itemAbsent()),
                new Write.Put(passkey.item(key(passkey.accountId(), passkey.id())), Condition.itemAbsent())));
        if (result.applied()) {
            return Addition.DONE;
        }
        return result.failure(0)
                .map(failure -> failure.item().filter(item -> item.number(COUNT, 0) >= MAX).isPresent() ? Addition.FULL : Addition.GONE)
                .orElse(Addition.TAKEN);
    }

    /** @return false if it is not as {@code before} any more: used or removed meanwhile */
    boolean used(StoredPasskey before, long counter, Instant at) {
        return store.update(key(before.accountId(), before.id()),
                Update.builder().set(StoredPasskey.COUNTER, counter).set(StoredPasskey.USED, at.toString()).build(),
                Condition.equal(StoredPasskey.COUNTER, before.counter())).applied();
    }

    /** @throws MarketplaceException {@code not-found} (404) */
    void rename(String accountId, String passkeyId, String name) {
        require(accountId, passkeyId);
        Update update = Update.builder().set(StoredPasskey.NAME, name).build();
        if (!store.update(key(accountId, passkeyId), update, Condition.exists(StoredPasskey.NAME)).applied()) {
            throw unknown();
        }
    }

    /** @throws MarketplaceException {@code not-found} (404) */
    StoredPasskey require(String accountId, String passkeyId) {
        return Optional.of(passkeyId)
                .filter(id -> ID.matcher(id).matches() && uuid(accountId).isPresent())
                .flatMap(id -> store.get(key(accountId, id)))
                .map(StoredPasskey::of)
                .orElseThrow(PasskeyItems::unknown);
    }

    /**
     * @param last whether it may be the last one
     * @return false if it is and may not be
     * @throws MarketplaceException {@code not-found} (404) if somebody else was faster
     */
    boolean remove(StoredPasskey passkey, boolean last) {
        TransactResult result = store.transact(List.of(
                new Write.Delete(key(passkey.accountId(), passkey.id()), Condition.exists(StoredPasskey.NAME)),
                new Write.Delete(credentialKey(passkey.credential().id()), Condition.NONE),
                new Write.Change(handleKey(passkey.accountId()), Update.builder().add(COUNT, -1).build(),
                        Condition.atLeast(COUNT, last ? 1 : 2))));
        if (result.failure(0).isPresent()) {
            throw unknown();
        }
        return result.applied();
    }

    /** Forgets all of an account; none can be added from its beginning on. */
    void erase(String accountId) {
        if (uuid(accountId).isEmpty()) {
            return;
        }
        store.delete(handleKey(accountId), Condition.NONE);
        for (StoredPasskey passkey : ofAccount(accountId)) {
            store.transact(List.of(
                    new Write.Delete(key(accountId, passkey.id()), Condition.NONE),
                    new Write.Delete(credentialKey(passkey.credential().id()), Condition.NONE)));
        }
    }

    private static Optional<String> uuid(String accountId) {
        Matcher matcher = CUSTOMER.matcher(accountId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Key key(String accountId, String passkeyId) {
        return account(accountId, PREFIX + passkeyId);
    }

    private static Key handleKey(String accountId) {
        return account(accountId, "passkeys");
    }

    private static Key account(String accountId, String sk) {
        return new Key(Table.USERS, "user#" + uuid(accountId).orElseThrow(PasskeyItems::noSuchCustomer), sk);
    }

    private static Key credentialKey(byte[] credentialId) {
        return new Key(Table.USERS, PREFIX + Secrets.sha256(credentialId), "unique");
    }

    static MarketplaceException noSuchCustomer() {
        return new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer.");
    }

    private static MarketplaceException unknown() {
        return new MarketplaceException(Problem.NOT_FOUND, "There is no such passkey.");
    }
}
