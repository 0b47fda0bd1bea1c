package com.cloudnestle.marketplace.identity.passkeys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Passkeys.Ceremony;
import com.cloudnestle.marketplace.identity.Passkeys.Passkey;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A marketplace with accounts and passkeys, all in memory. */
final class Marketplace {

    static final String ORIGIN = "https://market.example.com";
    static final Client CLIENT = new Client("203.0.113.9",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            Optional.empty(), "en");

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    final ContestedStore store = new ContestedStore(new InMemoryStore(clock));
    final RecordingMailer mailer = new RecordingMailer();
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemorySessions sessions = new InMemorySessions(clock);
    final InMemoryAccounts accounts = new InMemoryAccounts(clock);
    final VouchedSignIn signIn = new VouchedSignIn(accounts, sessions);
    final Set<String> linked = new HashSet<>();
    final PasskeyItems items;
    final PasskeyData data;
    final WebAuthnPasskeys passkeys;

    Marketplace() {
        this(ORIGIN);
    }

    Marketplace(String publicUrl) {
        RelyingParty party = new RelyingParty(publicUrl);
        items = new PasskeyItems(store);
        data = new PasskeyData(items);
        passkeys = new WebAuthnPasskeys(accounts, signIn, items, new CeremonyTickets(store, clock), new OtherWays(linked::contains),
                new PasskeyNews(audit, mailer, party, clock), party, clock);
    }

    Passkey register(Account account, SoftAuthenticator authenticator) {
        Ceremony ceremony = passkeys.beginRegistration(account.id());
        return passkeys.register(account.id(), ceremony.ticket(), authenticator.create(ceremony.options()), "Laptop", CLIENT);
    }

    SignIn.Done signIn(SoftAuthenticator authenticator) {
        Ceremony ceremony = passkeys.beginSignIn(Optional.empty());
        return passkeys.signIn(ceremony.ticket(), authenticator.get(ceremony.options()), CLIENT);
    }

    static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
