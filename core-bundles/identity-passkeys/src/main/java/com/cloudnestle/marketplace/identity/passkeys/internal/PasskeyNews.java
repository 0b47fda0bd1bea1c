package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.notification.SecurityChange;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what happens to passkeys, and tells their owners by mail. */
@Component(service = PasskeyNews.class)
public final class PasskeyNews {

    private static final Logger LOG = LoggerFactory.getLogger(PasskeyNews.class);
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration WORTH_SENDING = Duration.ofDays(3);

    private final AuditLog audit;
    private final Mailer mailer;
    private final RelyingParty party;
    private final InstantSource clock;

    @Activate
    public PasskeyNews(@Reference AuditLog audit, @Reference Mailer mailer, @Reference RelyingParty party,
            @Reference InstantSource clock) {
        this.audit = audit;
        this.mailer = mailer;
        this.party = party;
        this.clock = clock;
    }

    void added(Account account, StoredPasskey passkey, Client client) {
        LOG.info("event=passkey_added account={} passkey={}", account.id(), passkey.id());
        record(account.id(), "passkey.added", passkey);
        mail(account, "passkey-added:" + passkey.id(), SecurityChange.PASSKEY_ADDED.what(passkey.name()), client);
    }

    void removed(Account account, StoredPasskey passkey, Client client) {
        LOG.info("event=passkey_removed account={} passkey={}", account.id(), passkey.id());
        record(account.id(), "passkey.removed", passkey);
        mail(account, "passkey-removed:" + passkey.id(), SecurityChange.PASSKEY_REMOVED.what(passkey.name()), client);
    }

    /** Tells the person once a day and passkey: whoever has the copy could go on trying. */
    void counterWentBack(Account account, StoredPasskey passkey, Client client) {
        LOG.warn("event=passkey_counter_went_back account={} passkey={}", account.id(), passkey.id());
        record("system", "passkey.counter-went-back", passkey);
        mail(account, "passkey-counter:" + passkey.id() + ":" + clock.instant().atZone(ZoneOffset.UTC).toLocalDate(),
                SecurityChange.PASSKEY_COPIED.what(passkey.name()), client);
    }

    private void record(String actor, String event, StoredPasskey passkey) {
        audit.append(actor, event, passkey.accountId(), Map.of("passkey", passkey.id()));
    }

    /** What happened has happened: no mail is no reason to say it did not. */
    private void mail(Account to, String key, String what, Client client) {
        Map<String, String> values = Map.of("what", what, "at", AT.format(clock.instant()),
                "device", Browser.of(client.userAgent()), "security_link", party.securityPage());
        try {
            mailer.send(new Mail(key, to.email(), to.language(), Mail.Kind.SECURITY_CHANGED, values, WORTH_SENDING));
        } catch (MarketplaceException e) {
            LOG.error("event=passkey_mail_lost account={}", to.id(), e);
        }
    }
}
