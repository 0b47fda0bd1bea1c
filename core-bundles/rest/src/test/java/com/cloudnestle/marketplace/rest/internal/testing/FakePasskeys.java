package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Passkeys;
import com.cloudnestle.marketplace.identity.SignIn;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passkeys whose credential is {@code {"id":"<account id>"}}; the ticket of a ceremony is good once. */
public final class FakePasskeys implements Passkeys {

    private final Map<String, String> tickets = new LinkedHashMap<>();
    private final Map<String, Passkey> passkeys = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final FakeAccounts accounts;
    private final InstantSource clock;
    private int made;

    public FakePasskeys(FakeAccounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public synchronized Ceremony beginRegistration(String accountId) {
        return begin("register " + accountId);
    }

    private Ceremony begin(String purpose) {
        String ticket = "ticket" + made++;
        tickets.put(ticket, purpose);
        return new Ceremony(ticket, "{\"challenge\":\"" + ticket + "\",\"timeout\":300000}");
    }

    @Override
    public synchronized Passkey register(String accountId, String ticket, String credential, String name, Client client) {
        use(ticket, "register " + accountId);
        if (!credential.equals("{\"id\":\"" + accountId + "\"}")) {
            throw MarketplaceException.invalid("credential", "is not what this marketplace asked for");
        }
        Passkey passkey = new Passkey("psk_" + made++, name.isEmpty() ? "A passkey" : name, clock.instant(), Optional.empty());
        passkeys.put(passkey.id(), passkey);
        owners.put(passkey.id(), accountId);
        return passkey;
    }

    @Override
    public synchronized Ceremony beginSignIn(Optional<String> secondFactorTicket) {
        return begin("sign in " + secondFactorTicket.orElse("anybody"));
    }

    @Override
    public synchronized SignIn.Done signIn(String ticket, String credential, Client client) {
        if (tickets.remove(ticket) == null) {
            throw new MarketplaceException(Problem.CODE_INVALID, "The code is wrong, used up or too old.");
        }
        Account account = owners.values().stream().filter(id -> credential.equals("{\"id\":\"" + id + "\"}")).findFirst()
                .flatMap(accounts::find)
                .orElseThrow(() -> new MarketplaceException(Problem.SIGN_IN_REFUSED, "That passkey did not work."));
        return new SignIn.Done(accounts.signIn(account), account);
    }

    @Override
    public synchronized List<Passkey> ofAccount(String accountId) {
        return passkeys.values().stream().filter(one -> accountId.equals(owners.get(one.id()))).toList();
    }

    @Override
    public synchronized void rename(String accountId, String passkeyId, String name) {
        Passkey old = require(accountId, passkeyId);
        passkeys.put(passkeyId, new Passkey(passkeyId, name, old.createdAt(), old.usedAt()));
    }

    @Override
    public synchronized void remove(String accountId, String passkeyId, Client client) {
        require(accountId, passkeyId);
        passkeys.remove(passkeyId);
    }

    private Passkey require(String accountId, String passkeyId) {
        return ofAccount(accountId).stream().filter(one -> one.id().equals(passkeyId)).findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "There is no such passkey."));
    }

    private void use(String ticket, String purpose) {
        if (!purpose.equals(tickets.remove(ticket))) {
            throw new MarketplaceException(Problem.CODE_INVALID, "The code is wrong, used up or too old.");
        }
    }
}
