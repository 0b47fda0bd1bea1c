package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.NewAccounts;
import com.cloudnestle.marketplace.identity.internal.account.PasswordProof;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccount;
import com.cloudnestle.marketplace.identity.internal.factor.FactorCheck;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits.Trial;
import com.cloudnestle.marketplace.identity.internal.session.Tickets.Issued;
import com.cloudnestle.marketplace.identity.internal.session.Tickets.Ticket;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-in in one or two steps. */
@Component
public final class StoredSignIn implements SignIn {

    private final AccountItems accounts;
    private final NewAccounts made;
    private final PasswordProof passwords;
    private final FactorCheck factors;
    private final TrialLimits limits;
    private final OpenedSessions sessions;
    private final Devices devices;
    private final Tickets tickets;

    @Activate
    public StoredSignIn(@Reference AccountItems accounts, @Reference NewAccounts made, @Reference PasswordProof passwords,
            @Reference FactorCheck factors, @Reference TrialLimits limits, @Reference OpenedSessions sessions,
            @Reference Devices devices, @Reference Tickets tickets) {
        this.accounts = accounts;
        this.made = made;
        this.passwords = passwords;
        this.factors = factors;
        this.limits = limits;
        this.sessions = sessions;
        this.devices = devices;
        this.tickets = tickets;
    }

    @Override
    public Step withPassword(EmailAddress email, String password, String knownDevice, Client client) {
        Optional<String> device = Devices.hash(knownDevice.isEmpty() ? client.device() : knownDevice);
        Optional<String> known = device.filter(hash -> accounts.findByEmail(email)
                .filter(account -> devices.known(hash, account.id()))
                .isPresent());
        return step(passwords.prove(email, password, client, known), Method.PASSWORD, client, device);
    }

    private Step step(StoredAccount proved, Method method, Client client, Optional<String> device) {
        if (!proved.account().secondFactor()) {
            return done(proved, method, client, device);
        }
        Issued ticket = tickets.issue(proved, method, device);
        return new SecondFactorNeeded(ticket.secret(), factors.of(proved.id()), ticket.expiresAt());
    }

    private Done done(StoredAccount proved, Method method, Client client, Optional<String> device) {
        return new Done(sessions.open(proved, method, client, device), proved.account());
    }

    @Override
    public Done withCode(String ticket, String code, Client client) {
        Ticket found = tickets.find(ticket).orElseThrow(Stored::codeInvalid);
        Trial trial = limits.code(found.accountId());
        if (!tickets.mayTry(found)) {
            throw Stored.codeInvalid();
        }
        StoredAccount account = accounts.read(found.accountId())
                .filter(now -> now.epoch() == found.epoch() && !now.account().suspended())
                .orElseThrow(Stored::codeInvalid);
        if (!factors.check(account.id(), code, client)) {
            throw Stored.signInRefused();
        }
        if (!tickets.end(found)) {
            throw Stored.codeInvalid();
        }
        trial.giveBack();
        return done(account, found.method(), client, found.deviceHash());
    }

    @Override
    public Optional<String> ticketHolder(String ticket) {
        return tickets.find(ticket).map(Ticket::accountId);
    }

    @Override
    public Step vouched(String accountId, Method method, boolean strong, Client client) {
        StoredAccount account = accounts.read(accountId)
                .filter(found -> !found.account().suspended())
                .orElseThrow(Stored::signInRefused);
        Optional<String> device = Devices.hash(client.device());
        return strong ? done(account, method, client, device) : step(account, method, client, device);
    }

    @Override
    public Account accountOf(EmailAddress verified, String name, String language, Client client) {
        return made.of(verified, name, language).account();
    }
}
