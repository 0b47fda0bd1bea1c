package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.identity.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Erasures erasures;
    private final PersonMails mails;
    private final AuditLog audit;

    @Activate
    public Farewell(@Reference AccountItems accounts, @Reference Sessions sessions, @Reference PersonalDataParts parts,
            @Reference Erasures erasures, @Reference PersonMails mails, @Reference AuditLog audit) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.parts = parts;
        this.erasures = erasures;
        this.mails = mails;
        this.audit = audit;
    }

    String export(StoredAccount stored) {
        Account account = stored.account();
        PersonalJson own = new PersonalJson()
                .text("id", account.id())
                .text("email", account.email().value())
                .text("name", account.name())
                .text("language", account.language())
                .texts("roles", account.roles().stream().map(Enum::name).sorted().toList())
                .bool("suspended", account.suspended())
                .bool("password_set", account.passwordSet())
                .bool("second_factor", account.secondFactor())
                .text("created_at", account.createdAt().toString());
        PersonalJson all = new PersonalJson().json("account", own.toString());
        all.json("sessions", PersonalJson.array(sessions.ofAccount(account.id()).stream().map(Farewell::session).toList()));
        parts.forEach(part -> all.json(part.name(), part.export(account.id())));
        return all.toString();
    }

    private static String session(Sessions.Session session) {
        PersonalJson json = new PersonalJson()
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
        parts.requireAll();
        // Refuses for the last administrator, before anything is lost.
        accounts.change(account.id(), now -> now.account().suspended() ? now : now.withSuspended(true),
                List.of(erasures.begin(account.id(), actor)));
        sessions.endAll(account.id(), "", actor);
        erase(account.id(), actor, Optional.of(account));
    }

    private void erase(String accountId, String actor, Optional<StoredAccount> account) {
        parts.forEach(part -> part.erase(accountId, actor));
        account.ifPresent(present -> {
            mails.deleted(present.account());
            accounts.erase(present);
        });
        audit.append(actor, "account.deleted", accountId, Map.of());
        // Once more: a request that was under way may have got something in between. Without the customer none can.
        parts.forEach(part -> part.erase(accountId, actor));
        erasures.end(accountId);
        LOG.info("event=account_deleted account={}", accountId);
    }

    /** Takes up erasures that a crash or a failure cut off. Failures are told in the log, and it is tried again next time. */
    void finishCutOff() {
        try {
            for (Erasures.Begun begun : erasures.cutOff()) {
                LOG.info("event=account_deletion_taken_up account={}", begun.accountId());
                finish(begun);
            }
        } catch (MarketplaceException e) {
            LOG.warn("event=account_deletions_not_looked_for reason=\"{}\"", e.getMessage());
        }
    }

    private void finish(Erasures.Begun begun) {
        try {
            parts.requireAll();
            sessions.endAll(begun.accountId(), "", begun.actor());
            erase(begun.accountId(), begun.actor(), accounts.read(begun.accountId()));
        } catch (RuntimeException e) { // one that fails must not keep the others
            LOG.error("event=account_deletion_failed account={} next=later", begun.accountId(), e);
        }
    }
}
