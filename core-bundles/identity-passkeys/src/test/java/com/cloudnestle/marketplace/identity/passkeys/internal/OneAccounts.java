package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Accounts that are only looked up. Thread-safe. */
final class OneAccounts implements Accounts {

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    Account add(String email, boolean passwordSet) {
        return put(new Account(Customer.PREFIX + UUID.randomUUID(), EmailAddress.parse("email", email), "Asha", "en",
                Set.of(Role.CUSTOMER), false, passwordSet, false, Instant.EPOCH));
    }

    Account put(Account made) {
        accounts.put(made.id(), made);
        return made;
    }

    @Override
    public Optional<Account> find(String accountId) {
        return Optional.ofNullable(accounts.get(accountId));
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AccountPage list(String prefix, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Account update(String accountId, @Nullable String name, @Nullable String language) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void changePassword(String accountId, String current, String replacement, String keepSession, Client client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forgotPassword(EmailAddress email, Client client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resetPassword(String code, String replacement, Client client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Account setRoles(String accountId, Set<Role> roles, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Account setSuspended(String accountId, boolean suspended, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String export(String accountId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String accountId, String actor) {
        throw new UnsupportedOperationException();
    }
}
