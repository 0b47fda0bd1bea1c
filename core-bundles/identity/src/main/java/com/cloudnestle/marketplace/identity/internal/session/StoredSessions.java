package com.cloudnestle.marketplace.identity.internal.session;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.PasswordProof;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccount;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sessions in the store. */
@Component
public final class StoredSessions implements Sessions {

    private static final int MIN_REASON = 10;
    private static final int MAX_REASON = 500;

    private final SessionItems items;
    private final OpenedSessions opened;
    private final AccountItems accounts;
    private final PasswordProof passwords;
    private final Suspensions suspensions;
    private final AuditLog audit;
    private final InstantSource clock;

    @Activate
    public StoredSessions(@Reference SessionItems items, @Reference OpenedSessions opened, @Reference AccountItems accounts,
            @Reference PasswordProof passwords, @Reference Suspensions suspensions, @Reference AuditLog audit,
            @Reference InstantSource clock) {
        this.items = items;
        this.opened = opened;
        this.accounts = accounts;
        this.passwords = passwords;
        this.suspensions = suspensions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Optional<Session> authenticate(String secret) {
        Optional<StoredSession> live = items.bySecret(secret).filter(this::mayGoOn);
        live.ifPresent(items::used);
        return live.map(StoredSession::session);
    }

    /**
     * Who lost the role sees nothing any more through the eyes of others. Suspending ends all sessions; one that a crash left
     * over does not work either.
     */
    private boolean mayGoOn(StoredSession stored) {
        return stored.session().impersonator()
                .map(admin -> administers(admin.accountId()))
                .orElseGet(() -> !suspensions.suspended(stored.session().accountId()));
    }

    private boolean administers(String accountId) {
        return accounts.find(accountId)
                .map(StoredAccount::account)
                .filter(account -> account.has(Role.ADMIN) && !account.suspended())
                .isPresent();
    }

    @Override
    public List<Session> ofAccount(String accountId) {
        return items.ofAccount(accountId).stream()
                .map(StoredSession::session)
                .sorted(Comparator.comparing(Session::usedAt).thenComparing(Session::createdAt).reversed())
                .toList();
    }

    @Override
    public void end(String accountId, String sessionId, String actor) {
        items.find(accountId, sessionId).ifPresent(stored -> end(stored, actor));
    }

    private void end(StoredSession stored, String actor) {
        items.remove(stored);
        boolean other = stored.session().impersonator().isPresent();
        audit.append(actor, other ? "session.impersonation-ended" : "session.ended", stored.session().accountId(),
                Map.of("session", stored.session().id()));
    }

    @Override
    public void endAll(String accountId, String keep, String actor) {
        items.ofAccount(accountId).stream()
                .filter(stored -> !stored.session().id().equals(keep))
                .forEach(stored -> end(stored, actor));
    }

    @Override
    public NewSession proveAgain(Session session, String password, Client client) {
        refuseImpersonated(session);
        Account account = accounts.require(session.accountId()).account();
        StoredSession stored = items.find(session.accountId(), session.id()).orElseThrow(Stored::signInRefused);
        // Who is signed in has this browser: strangers' trials elsewhere do not count against it.
        StoredAccount proved = passwords.prove(account.email(), password, client, Optional.of(session.id()));
        String secret = RandomSecret.next();
        StoredSession renewed = items.replaceSecret(stored, Sha256.hex(secret), Stored.now(clock))
                .filter(found -> found.session().accountId().equals(proved.id()))
                .orElseThrow(Stored::signInRefused);
        return new NewSession(renewed.session(), secret, "");
    }

    @Override
    public NewSession impersonate(Session administrator, String accountId, String reason, Client client) {
        refuseImpersonated(administrator);
        if (!administers(administrator.accountId())) {
            throw notAllowed("Only an administrator may do that.");
        }
        String why = reason.strip();
        if (why.length() < MIN_REASON || why.length() > MAX_REASON || why.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid("reason", "must have " + MIN_REASON + " to " + MAX_REASON + " characters");
        }
        StoredAccount customer = accounts.require(accountId);
        if (customer.account().has(Role.ADMIN)) {
            throw notAllowed("The data of another administrator cannot be looked at in this way.");
        }
        return opened.impersonate(customer, new Impersonator(administrator.accountId(), why), client);
    }

    private static void refuseImpersonated(Session session) {
        if (session.impersonator().isPresent()) {
            throw notAllowed("You are looking at somebody else's account; that changes nothing.");
        }
    }

    private static MarketplaceException notAllowed(String detail) {
        return new MarketplaceException(Problem.NOT_ALLOWED, detail);
    }
}
