package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An account as it is kept, beside the customer's profile.
 *
 * @param password PHC string; empty: no password
 * @param epoch grows when what was proved before no longer counts: another password, suspended, deleted
 * @param version grows with every change
 * @param signedIn whether there was a session before
 */
public record StoredAccount(Account account, Optional<String> password, long epoch, long version, boolean signedIn) {

    static final String INDEX = "account";
    static final String VERSION = "version";
    static final String EPOCH = "epoch";
    static final String SUSPENDED = "suspended";
    static final String SIGNED_IN = "signedInAt";
    private static final String SORT = "account";
    private static final String PASSWORD = "password";

    static StoredAccount made(String id, EmailAddress email, String name, String language, Optional<String> password, Instant now) {
        Account account = new Account(id, email, name, language, Set.of(Role.CUSTOMER), false, password.isPresent(), false, now);
        return new StoredAccount(account, password, 0, 0, false);
    }

    static Key key(String uuid) {
        return new Key(Table.USERS, "user#" + uuid, SORT);
    }

    public String id() {
        return account.id();
    }

    /** An administrator who can sign in. */
    boolean administers() {
        return account.has(Role.ADMIN) && !account.suspended();
    }

    Key key() {
        return key(Stored.uuid(account.id()).orElseThrow());
    }

    /** What of it can change; the rest is written once. */
    Update changes() {
        Update.Builder update = Update.builder()
                .set("name", account.name())
                .set("language", account.language())
                .set("roles", new TreeSet<>(account.roles()).stream().map(Role::name).collect(Collectors.joining(",")))
                .set(SUSPENDED, account.suspended() ? 1L : 0L)
                .set("secondFactor", account.secondFactor() ? 1L : 0L)
                .set(EPOCH, epoch)
                .set(VERSION, version);
        return password.map(phc -> update.set(PASSWORD, phc)).orElseGet(() -> update.remove(PASSWORD)).build();
    }

    /** For the first time; the address orders the list. */
    Update creation() {
        Update changes = changes();
        Update.Builder update = Update.builder()
                .set("accountId", account.id())
                .set("email", account.email().value())
                .set("createdAt", account.createdAt().toString())
                .set(Item.G1, INDEX)
                .set(Item.G1_SORT, account.email().value());
        changes.set().forEach(update::set);
        return update.build();
    }

    static StoredAccount of(Item item) {
        Optional<String> password = item.string(PASSWORD);
        Account account = new Account(
                Stored.text(item, "accountId"),
                new EmailAddress(Stored.text(item, "email")),
                Stored.text(item, "name"),
                Stored.text(item, "language"),
                Arrays.stream(Stored.text(item, "roles").split(",")).map(Role::valueOf).collect(Collectors.toSet()),
                item.number(SUSPENDED, 0) != 0,
                password.isPresent(),
                item.number("secondFactor", 0) != 0,
                Stored.instant(item, "createdAt"));
        return new StoredAccount(account, password, item.number(EPOCH, 0), item.number(VERSION, 0),
                item.string(SIGNED_IN).isPresent());
    }

    StoredAccount withProfile(String name, String language) {
        return with(copy(name, language, account.roles(), account.suspended(), account.secondFactor()), password, epoch);
    }

    StoredAccount withRoles(Set<Role> roles) {
        return with(copy(account.name(), account.language(), roles, account.suspended(), account.secondFactor()), password, epoch);
    }

    /** What was proved before counts no longer. */
    StoredAccount withSuspended(boolean suspended) {
        return with(copy(account.name(), account.language(), account.roles(), suspended, account.secondFactor()), password, epoch + 1);
    }

    public StoredAccount withSecondFactor(boolean secondFactor) {
        return with(copy(account.name(), account.language(), account.roles(), account.suspended(), secondFactor), password, epoch);
    }

    /** The same password, hashed anew. */
    public StoredAccount withHash(String phc) {
        return with(account, Optional.of(phc), epoch);
    }

    /** What was proved with the old one counts no longer. */
    StoredAccount withPassword(String phc) {
        return with(account, Optional.of(phc), epoch + 1);
    }

    private Account copy(String name, String language, Set<Role> roles, boolean suspended, boolean secondFactor) {
        return new Account(account.id(), account.email(), name, language, roles, suspended, password.isPresent(), secondFactor,
                account.createdAt());
    }

    private StoredAccount with(Account next, Optional<String> nextPassword, long nextEpoch) {
        Account whole = new Account(next.id(), next.email(), next.name(), next.language(), next.roles(), next.suspended(),
                nextPassword.isPresent(), next.secondFactor(), next.createdAt());
        return new StoredAccount(whole, nextPassword, nextEpoch, version + 1, signedIn);
    }

    @Override
    public String toString() {
        return account.toString();
    }
}
