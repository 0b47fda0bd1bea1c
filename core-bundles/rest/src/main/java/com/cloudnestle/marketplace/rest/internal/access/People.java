package com.cloudnestle.marketplace.rest.internal.access;

import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Sessions.Impersonator;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.UserKeys;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Knows people by what their browsers and programs carry. */
@Component(service = People.class)
public final class People {

    private final Accounts accounts;
    private final Sessions sessions;
    private final UserKeys keys;

    @Activate
    public People(@Reference Accounts accounts, @Reference Sessions sessions, @Reference UserKeys keys) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.keys = keys;
    }

    /** Who is signed in; empty for ended sessions and suspended accounts. */
    Optional<Caller.Person> signedIn(String secret) {
        return sessions.authenticate(secret).flatMap(session -> accounts.find(session.accountId())
                .filter(account -> !account.suspended() || session.impersonator().isPresent())
                .map(account -> new Caller.Person(session, account)));
    }

    /** Whose calls those of this session are: the account, or the administrator who looks at it; empty if it has ended. */
    public Optional<String> actorOf(String secret) {
        return sessions.authenticate(secret)
                .map(session -> session.impersonator().map(Impersonator::accountId).orElse(session.accountId()));
    }

    /** @throws com.cloudnestle.marketplace.error.MarketplaceException {@code credentials-invalid} (401) */
    Caller.KeyUser keyUser(String key) {
        return new Caller.KeyUser(keys.authenticate(key));
    }
}
