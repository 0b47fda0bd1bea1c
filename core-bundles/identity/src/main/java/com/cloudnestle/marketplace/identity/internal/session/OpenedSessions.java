package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.Impersonator;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.Sessions.Session;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.DeviceName;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.identity.internal.account.SessionOpener;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccount;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sessions. Each has a secret of its own, made here: what a browser brought is never taken over. */
@Component(service = {SessionOpener.class, OpenedSessions.class})
public final class OpenedSessions implements SessionOpener {

    private static final Logger LOG = LoggerFactory.getLogger(OpenedSessions.class);
    private static final Duration IMPERSONATION = Duration.ofMinutes(30);
    private static final int NETWORK_BYTES = 12;

    private final SessionItems items;
    private final Devices devices;
    private final AccountItems accounts;
    private final PersonMails mails;
    private final ServerSecrets secrets;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Executor errands;

    @Activate
    public OpenedSessions(@Reference SessionItems items, @Reference Devices devices, @Reference AccountItems accounts,
            @Reference PersonMails mails, @Reference ServerSecrets secrets, @Reference AuditLog audit,
            @Reference InstantSource clock, @Reference Errands errands) {
        this.items = items;
        this.devices = devices;
        this.accounts = accounts;
        this.mails = mails;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
        this.errands = errands;
    }

    @Override
    public NewSession open(StoredAccount proved, Method method, Client client, Optional<String> deviceHash) {
        Instant now = Stored.now(clock);
        Optional<String> device = deviceHash.or(() -> Devices.hash(client.device()));
        boolean known = device.filter(hash -> devices.known(hash, proved.id())).isPresent();
        String secret = RandomSecret.next();
        String deviceSecret = RandomSecret.next();
        Session session = session(proved.id(), method, client, now, now.plus(items.longest()), Optional.empty());
        List<Write> writes = new ArrayList<>();
        writes.add(accounts.signIn(proved, now));
        writes.addAll(devices.renew(device, deviceSecret, proved.id()));
        if (!items.add(new StoredSession(session, Sha256.hex(secret), network(client, now)), writes)) {
            throw Stored.signInRefused(); // the password was changed or the account suspended meanwhile
        }
        if (!known && proved.signedIn()) {
            errands.execute(() -> mails.newDevice(proved.account(), client));
        }
        LOG.info("event=session_opened account={} session={} method={} known_device={}", proved.id(), session.id(), method, known);
        return new NewSession(session, secret, deviceSecret);
    }

    /** A session of somebody else; says so to everybody who may know. The browser's device secret stays. */
    NewSession impersonate(StoredAccount customer, Impersonator by, Client client) {
        Instant now = Stored.now(clock);
        String secret = RandomSecret.next();
        Session session = session(customer.id(), Method.IMPERSONATION, client, now, now.plus(IMPERSONATION), Optional.of(by));
        // Audited first: what happens must not happen unrecorded.
        audit.append(by.accountId(), "session.impersonated", customer.id(), Map.of("reason", by.reason(), "session", session.id()));
        if (!items.add(new StoredSession(session, Sha256.hex(secret), network(client, now)), List.of())) {
            throw new IllegalStateException("a fresh random session already exists");
        }
        return new NewSession(session, secret, "");
    }

    private static Session session(String accountId, Method method, Client client, Instant now, Instant expires,
            Optional<Impersonator> impersonator) {
        String id = StoredSession.PREFIX + UUID.randomUUID().toString().replace("-", "");
        return new Session(id, accountId, method, now, now, now, expires, DeviceName.of(client.userAgent()), client.place(),
                impersonator);
    }

    /** Tells whether two sessions of a day came from one address, and nothing else. */
    private String network(Client client, Instant now) {
        byte[] hash = secrets.keyedHash("session-ip", now.atZone(ZoneOffset.UTC).toLocalDate() + "|" + client.address());
        return HexFormat.of().formatHex(hash, 0, NETWORK_BYTES);
    }
}
