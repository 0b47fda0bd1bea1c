package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts in memory, all with the password of {@link InMemorySessions}; what is asked of it besides is noted. */
public final class FakeAccounts implements Accounts {

    public final List<String> asked = new ArrayList<>();

    private final Map<String, Account> byId = new LinkedHashMap<>();
    private final InMemoryCustomers customers;
    private final InMemorySessions sessions;
    private final InstantSource clock;

    FakeAccounts(InMemoryCustomers customers, InMemorySessions sessions, InstantSource clock) {
        this.customers = customers;
        this.sessions = sessions;
        this.clock = clock;
    }

    public synchronized Account make(String email, Role... more) {
        Set<Role> roles = new java.util.HashSet<>(Set.of(more));
        roles.add(Role.CUSTOMER);
        Account made = new Account(customers.findOrCreate(email).id(), EmailAddress.parse("email", email), "A <b>name</b>", "en",
                roles, false, true, false, clock.instant());
        byId.put(made.id(), made);
        return made;
    }

    /** The account as it is of people who come by other ways. */
    public synchronized Account withoutPassword(Account old) {
        Account changed = new Account(old.id(), old.email(), old.name(), old.language(), old.roles(), false, false, false, old.createdAt());
        byId.put(old.id(), changed);
        return changed;
    }

    /** Signs an account in. */
    public NewSession signIn(Account account) {
        return sessions.open(account.id(), Method.PASSWORD);
    }

    @Override
    public synchronized Optional<Account> find(String accountId) {
        return Optional.ofNullable(byId.get(accountId));
    }

    @Override
    public synchronized Optional<Account> findByEmail(EmailAddress email) {
        return byId.values().stream().filter(account -> account.email().equals(email)).findFirst();
    }

    @Override
    public synchronized AccountPage list(String prefix, int limit, @Nullable String cursor) {
        asked.add("list '" + prefix + "' " + limit + " " + cursor);
        return new AccountPage(byId.values().stream().filter(a -> a.email().value().startsWith(prefix)).limit(limit).toList(),
                Optional.of("more"));
    }

    @Override
    public synchronized Account update(String accountId, @Nullable String name, @Nullable String language) {
        return put(require(accountId), name, language, null, null);
    }

    @Override
    public synchronized void changePassword(
            String accountId, String current, String replacement, String keepSession, Client client) {
        if (!current.equals(InMemorySessions.PASSWORD)) {
            throw new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work.");
        }
        asked.add("password " + accountId + " keep " + keepSession);
    }

    @Override
    public synchronized void forgotPassword(EmailAddress email, Client client) {
        asked.add("forgot " + email.value());
    }

    @Override
    public synchronized void resetPassword(String code, String replacement, Client client) {
        asked.add("reset " + code);
    }

    @Override
    public synchronized Account setRoles(String accountId, Set<Role> roles, String actor) {
        asked.add("roles by " + actor);
        return put(require(accountId), null, null, roles, null);
    }

    @Override
    public synchronized Account setSuspended(String accountId, boolean suspended, String actor) {
        asked.add("suspended by " + actor);
        return put(require(accountId), null, null, null, suspended);
    }

    @Override
    public String export(String accountId) {
        return "{\"account\":\"" + accountId + "\"}";
    }

    @Override
    public synchronized void delete(String accountId, String actor) {
        byId.remove(accountId);
    }

    private Account put(Account old, @Nullable String name, @Nullable String language, @Nullable Set<Role> roles,
            @Nullable Boolean suspended) {
        Account changed = new Account(old.id(), old.email(), name == null ? old.name() : name,
                language == null ? old.language() : language, roles == null ? old.roles() : roles,
                suspended == null ? old.suspended() : suspended, true, old.secondFactor(), old.createdAt());
        byId.put(old.id(), changed);
        return changed;
    }

    private Account require(String accountId) {
        return find(accountId).orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such account."));
    }
}
