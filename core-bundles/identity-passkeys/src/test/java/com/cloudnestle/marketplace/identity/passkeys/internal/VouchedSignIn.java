package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens a session for whoever is vouched for strongly. Second factor tickets are what a test says they are. */
final class VouchedSignIn implements SignIn {

    final Map<String, String> ticketHolders = new ConcurrentHashMap<>();

    private final InMemoryAccounts accounts;
    private final InMemorySessions sessions;

    VouchedSignIn(InMemoryAccounts accounts, InMemorySessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @Override
    public Optional<String> ticketHolder(String ticket) {
        return Optional.ofNullable(ticketHolders.get(ticket));
    }

    @Override
    public Step vouched(String accountId, Method method, boolean strong, Client client) {
        if (!strong) {
            throw new AssertionError("a verified passkey is worth two factors");
        }
        return new Done(sessions.open(accountId, method), accounts.find(accountId).orElseThrow());
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
    public Account accountOf(EmailAddress verified, String name, String language, Client client) {
        throw new UnsupportedOperationException();
    }
}
