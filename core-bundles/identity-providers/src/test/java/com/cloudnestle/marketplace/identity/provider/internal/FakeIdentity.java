package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts and sign-in as far as providers need them; the rest is not there. */
final class FakeIdentity implements Accounts, SignIn {

    private final Map<String, Account> byId = new LinkedHashMap<>();
    private final InMemorySessions sessions;
    private final InstantSource clock;
    /** What was said of the last one who was vouched for. */
    @Nullable Method method;
    @Nullable Boolean strong;

    FakeIdentity(InstantSource clock) {
        this.clock = clock;
        sessions = new InMemorySessions(clock);
    }

    Account add(String email, boolean passwordSet) {
        Account made = new Account("cus_" + (byId.size() + 1), EmailAddress.parse("email", email), "Ann", "hi",
                Set.of(Role.CUSTOMER), false, passwordSet, false, clock.instant());
        byId.put(made.id(), made);
        return made;
    }

    void remove(String accountId) {
        byId.remove(accountId);
    }

    List<Account> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public Optional<Account> find(String accountId) {
        return Optional.ofNullable(byId.get(accountId));
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        return byId.values().stream().filter(account -> account.email().equals(email)).findFirst();
    }

    @Override
    public Account accountOf(EmailAddress verified, String name, String language, Client client) {
        return findByEmail(verified).orElseGet(() -> {
            Account made = new Account("cus_" + (byId.size() + 1), verified, name, language, Set.of(Role.CUSTOMER), false, false,
                    false, clock.instant());
            byId.put(made.id(), made);
            return made;
        });
    }

    @Override
    public Step vouched(String accountId, Method how, boolean isStrong, Client client) {
        method = how;
        strong = isStrong;
        Account account = find(accountId).orElseThrow(() -> new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work."));
        return new Done(sessions.open(accountId, how), account);
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

    @Override
    public Step withPassword(EmailAddress email, String password, String knownDevice, Client client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Done withCode(String ticket, String code, Client client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> ticketHolder(String ticket) {
        throw new UnsupportedOperationException();
    }
}
