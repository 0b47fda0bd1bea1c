package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions in memory, of 90 days. {@link #open} stands for a sign-in. Every account has the password {@link #PASSWORD} for
 * {@link #proveAgain}; whether an impersonator is an administrator is not looked at. Thread-safe.
 */
public final class InMemorySessions implements Sessions {

    public static final String PASSWORD = "correct horse battery staple";

    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration IMPERSONATION = Duration.ofMinutes(30);

    private final Map<String, Session> bySecret = new LinkedHashMap<>();
    private final InstantSource clock;

    public InMemorySessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Signs an account in. */
    public synchronized NewSession open(String accountId, Method method) {
        Instant now = now();
        return add(new Session(newId(), accountId, method, now, now, now, now.plus(LONGEST), "Firefox on Linux",
                Optional.empty(), Optional.empty()));
    }

    @Override
    public synchronized Optional<Session> authenticate(String secret) {
        return Optional.ofNullable(bySecret.get(secret)).filter(session -> now().isBefore(session.expiresAt()));
    }

    @Override
    public synchronized List<Session> ofAccount(String accountId) {
        return bySecret.values().stream()
                .filter(session -> session.accountId().equals(accountId) && now().isBefore(session.expiresAt()))
                .sorted(Comparator.comparing(Session::usedAt).reversed())
                .toList();
    }

    @Override
    public synchronized void end(String accountId, String sessionId, String actor) {
        bySecret.values().removeIf(session -> session.accountId().equals(accountId) && session.id().equals(sessionId));
    }

    @Override
    public synchronized void endAll(String accountId, String keep, String actor) {
        bySecret.values().removeIf(session -> session.accountId().equals(accountId) && !session.id().equals(keep));
    }

    @Override
    public synchronized NewSession proveAgain(Session session, String password, Client client) {
        if (!password.equals(PASSWORD) || !bySecret.containsValue(session)) {
            throw new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work.");
        }
        bySecret.values().remove(session);
        return add(new Session(session.id(), session.accountId(), session.method(), session.createdAt(), now(),
                session.usedAt(), session.expiresAt(), session.device(), session.place(), session.impersonator()));
    }

    @Override
    public synchronized NewSession impersonate(Session administrator, String accountId, String reason, Client client) {
        if (reason.strip().length() < 10 || reason.length() > 500) {
            throw MarketplaceException.invalid("reason", "must have 10 to 500 characters");
        }
        Instant now = now();
        Session made = new Session(newId(), accountId, Method.IMPERSONATION, now, now, now, now.plus(IMPERSONATION),
                "Firefox on Linux", Optional.empty(), Optional.of(new Impersonator(administrator.accountId(), reason)));
        return new NewSession(made, add(made).secret(), "");
    }

    private NewSession add(Session session) {
        String secret = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "").substring(0, 43);
        bySecret.put(secret, session);
        return new NewSession(session, secret, secret.substring(1) + "d");
    }

    private static String newId() {
        return "ses_" + UUID.randomUUID().toString().replace("-", "");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
