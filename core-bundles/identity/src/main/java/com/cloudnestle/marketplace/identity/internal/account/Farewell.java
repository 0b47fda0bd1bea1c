package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.internal.Json;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives people what is kept of them, and forgets them. */
@Component(service = Farewell.class)
public final class Farewell {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final AccountItems accounts;
    private final Sessions sessions;
    private final PersonalDataParts parts;
    private final PersonMails mails;
    private final AuditLog audit;

    @Activate
    public Farewell(@Reference AccountItems accounts, @Reference Sessions sessions, @Reference PersonalDataParts parts,
            @Reference PersonMails mails, @Reference AuditLog audit) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.parts = parts;
        this.mails = mails;
        this.audit = audit;
    }

    String export(StoredAccount stored) {
        Account account = stored.account();
        Json own = new Json()
                .text("id", account.id())
                .text("email", account.email().value())
                .text("name", account.name())
                .text("language", account.language())
                .texts("roles", account.roles().stream().map(Enum::name).sorted().toList())
                .bool("suspended", account.suspended())
                .bool("password_set", account.passwordSet())
                .bool("second_factor", account.secondFactor())
                .text("created_at", account.createdAt().toString());
        Json all = new Json().json("account", own.toString());
        all.json("sessions", Json.array(sessions.ofAccount(account.id()).stream().map(Farewell::session).toList()));
        parts.forEach(part -> all.json(part.name(), part.export(account.id())));
        return all.toString();
    }

    private static String session(Sessions.Session session) {
        Json json = new Json()
                .text("id", session.id())
                .text("method", session.method().name())
                .text("created_at", session.createdAt().toString())
                .text("used_at", session.usedAt().toString())
                .text("expires_at", session.expiresAt().toString())
                .text("device", session.device());
        session.place().ifPresent(place -> json.text("country", place.country()).text("city", place.city()));
        return json.toString();
    }

    /** May be called again after a failure. Nobody can sign in from its beginning on. */
    void erase(StoredAccount account, String actor) {
        // Refuses for the last administrator, before anything is lost.
        accounts.change(account.id(), now -> now.account().suspended() ? now : now.withSuspended(true));
        sessions.endAll(account.id(), "", actor);
        parts.forEach(part -> part.erase(account.id(), actor));
        mails.deleted(account.account());
        accounts.erase(account);
        audit.append(actor, "account.deleted", account.id(), Map.of());
        LOG.info("event=account_deleted account={}", account.id());
    }
}
