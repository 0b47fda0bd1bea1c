package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
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

/** Tells the audit log, the log and the person that a way to sign in was added or removed. */
@Component(service = LinkNews.class)
public final class LinkNews {

    private static final Logger LOG = LoggerFactory.getLogger(LinkNews.class);
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration WORTH = Duration.ofDays(3);

    private final AuditLog audit;
    private final Mailer mailer;
    private final ConfiguredProviders providers;
    private final PublicAddress publicAddress;
    private final InstantSource clock;

    @Activate
    public LinkNews(@Reference AuditLog audit, @Reference Mailer mailer, @Reference ConfiguredProviders providers,
            @Reference PublicAddress publicAddress, @Reference InstantSource clock) {
        this.audit = audit;
        this.mailer = mailer;
        this.providers = providers;
        this.publicAddress = publicAddress;
        this.clock = clock;
    }

    void added(String accountId, String providerId) {
        audit.append(accountId, "identity.linked", accountId, Map.of("provider", providerId));
        LOG.info("event=identity_linked provider={} account={}", providerId, accountId);
    }

    void removed(String accountId, String providerId) {
        audit.append(accountId, "identity.unlinked", accountId, Map.of("provider", providerId));
        LOG.info("event=identity_unlinked provider={} account={}", providerId, accountId);
    }

    void mail(Account to, String providerId, SecurityChange change, Client client) {
        mailer.send(new Mail("SECURITY_CHANGED:" + Secrets.next(), to.email(), to.language(), Mail.Kind.SECURITY_CHANGED,
                Map.of("what", change.what(providers.name(providerId)),
                        "at", AT.format(clock.instant()),
                        "device", device(client.userAgent()),
                        "security_link", publicAddress.url() + "/account/security"),
                WORTH));
    }

    /** Only words from here: what a browser says of itself could be a text for the person who reads the mail. */
    private static String device(String userAgent) {
        for (String name : new String[] {"Edg", "OPR", "Firefox", "Chrome", "Safari"}) {
            if (userAgent.contains(name + "/")) {
                return switch (name) {
                    case "Edg" -> "Edge";
                    case "OPR" -> "Opera";
                    default -> name;
                };
            }
        }
        return "An unknown program";
    }
}
