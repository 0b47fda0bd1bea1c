package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in memory, for bundles that look people up. All have the password of {@link InMemorySessions}; no mails are sent,
 * and there are no codes that would reset a password. Thread-safe.
 */
public final class InMemoryAccounts implements Accounts {

    private final TreeMap<String, Account> byEmail = new TreeMap<>();
    private final InstantSource clock;

    public InMemoryAccounts(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes an account of a customer, with an id of its own. */
    public Account add(String email, boolean passwordSet) {
        return put(new Account(Customer.PREFIX + UUID.randomUUID(), EmailAddress.parse("email", email), "Ann", "en",
                Set.of(Role.CUSTOMER), false, passwordSet, false, clock.instant()));
    }

    /** Takes in an account as it is, instead of any with the same address. */
    public synchronized Account put(Account account) {
        byEmail.put(account.email().value(), account);
        return account;
    }

    /** Ordered by address. */
    public synchronized List<Account> all() {
        return List.copyOf(byEmail.values());
    }

    @Override
    public Optional<Account> find(String accountId) {
        return all().stream().filter(account -> account.id().equals(accountId)).findFirst();
    }

    @Override
    public synchronized Optional<Account> findByEmail(EmailAddress email) {
        return Optional.ofNullable(byEmail.get(email.value()));
    }

    @Override
    public synchronized AccountPage list(String prefix, int limit, @Nullable String cursor) {
        List<Account> found = byEmail.tailMap(cursor == null ? prefix : cursor, cursor == null).values().stream()
                .filter(account -> account.email().value().startsWith(prefix))
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit
                ? new AccountPage(found, Optional.empty())
                : new AccountPage(found.subList(0, limit), Optional.of(found.get(limit - 1).email().value()));
    }

    @Override
    public synchronized Account update(String accountId, @Nullable String name, @Nullable String language) {
        Account old = require(accountId);
        return put(new Account(old.id(), old.email(), name == null ? old.name() : name, language == null ? old.language() : language,
                old.roles(), old.suspended(), old.passwordSet(), old.secondFactor(), old.createdAt()));
    }

    @Override
    public void changePassword(String accountId, String current, String replacement, String keepSession, Client client) {
        require(accountId);
        if (!current.equals(InMemorySessions.PASSWORD)) {
            throw new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work.");
        }
    }

    @Override
    public void forgotPassword(EmailAddress email, Client client) {
        // answers alike whether there is such an account or not, and sends nothing
    }

    @Override
    public void resetPassword(String code, String replacement, Client client) {
        throw new MarketplaceException(Problem.CODE_INVALID, "There are no codes here.");
    }

    @Override
    public synchronized Account setRoles(String accountId, Set<Role> roles, String actor) {
        Account old = require(accountId);
        return put(changed(old, roles, old.suspended()));
    }

    @Override
    public synchronized Account setSuspended(String accountId, boolean suspended, String actor) {
        Account old = require(accountId);
        return put(changed(old, old.roles(), suspended));
    }

    @Override
    public String export(String accountId) {
        return "{\"account\":\"" + require(accountId).id() + "\"}";
    }

    @Override
    public synchronized void delete(String accountId, String actor) {
        byEmail.remove(require(accountId).email().value());
    }

    private static Account changed(Account old, Set<Role> roles, boolean suspended) {
        return new Account(old.id(), old.email(), old.name(), old.language(), roles, suspended, old.passwordSet(),
                old.secondFactor(), old.createdAt());
    }

    private Account require(String accountId) {
        return find(accountId).orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such account."));
    }
}
