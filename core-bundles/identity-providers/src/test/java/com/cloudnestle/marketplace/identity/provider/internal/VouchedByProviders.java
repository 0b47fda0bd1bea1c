package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sign-in as far as providers need it; the rest is not there. */
final class VouchedByProviders implements SignIn {

    private final InMemoryAccounts accounts;
    private final InMemorySessions sessions;
    private final InstantSource clock;
    /** What was said of the last one who was vouched for. */
    @Nullable Method method;
    @Nullable Boolean strong;

    VouchedByProviders(InMemoryAccounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
        sessions = new InMemorySessions(clock);
    }

    @Override
    public Account accountOf(EmailAddress verified, String name, String language, Client client) {
        return accounts.findByEmail(verified).orElseGet(() -> accounts.put(new Account(Customer.PREFIX + UUID.randomUUID(), verified,
                name, language, Set.of(Role.CUSTOMER), false, false, false, clock.instant())));
    }

    @Override
    public Step vouched(String accountId, Method how, boolean isStrong, Client client) {
        method = how;
        strong = isStrong;
        Account account = accounts.find(accountId).orElseThrow(() -> new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work."));
        return new Done(sessions.open(accountId, how), account);
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
