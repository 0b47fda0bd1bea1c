package com.cloudnestle.marketplace.identity.internal;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.SecondFactors;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.Erasures;
import com.cloudnestle.marketplace.identity.internal.account.Farewell;
import com.cloudnestle.marketplace.identity.internal.account.Links;
import com.cloudnestle.marketplace.identity.internal.account.NewAccounts;
import com.cloudnestle.marketplace.identity.internal.account.PasswordChange;
import com.cloudnestle.marketplace.identity.internal.account.PasswordProof;
import com.cloudnestle.marketplace.identity.internal.account.PendingSignUps;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.identity.internal.account.PersonalDataParts;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccounts;
import com.cloudnestle.marketplace.identity.internal.account.StoredSignUp;
import com.cloudnestle.marketplace.identity.internal.account.StoredSuspensions;
import com.cloudnestle.marketplace.identity.internal.factor.FactorCheck;
import com.cloudnestle.marketplace.identity.internal.factor.FactorItems;
import com.cloudnestle.marketplace.identity.internal.factor.PasskeyOwners;
import com.cloudnestle.marketplace.identity.internal.factor.StoredSecondFactors;
import com.cloudnestle.marketplace.identity.internal.password.PasswordPolicy;
import com.cloudnestle.marketplace.identity.internal.password.Passwords;
import com.cloudnestle.marketplace.identity.internal.password.TrialLimits;
import com.cloudnestle.marketplace.identity.internal.session.Devices;
import com.cloudnestle.marketplace.identity.internal.session.OpenedSessions;
import com.cloudnestle.marketplace.identity.internal.session.SessionItems;
import com.cloudnestle.marketplace.identity.internal.session.StoredSessions;
import com.cloudnestle.marketplace.identity.internal.session.StoredSignIn;
import com.cloudnestle.marketplace.identity.internal.session.Tickets;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import com.cloudnestle.marketplace.testing.RecordingNotices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** All of the bundle's people over stores in memory; errands wait until {@link #runErrands} or are done at once. */
public final class People {

    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    public static final String PASSWORD = "plum-otter-glider-47";
    public static final String OTHER = "quiet-basalt-meadow-92";
    public static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";

    public final ManualClock clock = new ManualClock(START);
    public final CountingStore store;
    public final RecordingAuditLog audit = new RecordingAuditLog(clock);
    public final RecordingMailer mailer = new RecordingMailer();
    public final RecordingNotices notices = new RecordingNotices();
    public final List<PersonalData> parts = new ArrayList<>();
    /** As many at once as in the product, but whoever waits has time. */
    public final Passwords passwords = new Passwords(2, Duration.ofMinutes(5));
    public final PersonMails mails = new PersonMails(mailer, new Links("https://market.example.com/", "8181"), clock);
    public final StoredCustomerDirectory customers;
    public final AccountItems items;
    public final SessionItems sessionItems;
    public final StoredSuspensions suspensions;
    public final Farewell farewell;
    public final Accounts accounts;
    public final SignUp signUp;
    public final SignIn signIn;
    public final Sessions sessions;
    public final SecondFactors factors;

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean errandsWait;

    public People() {
        this(null);
    }

    /** @param shared another node's people, whose store is used too; null: a store of its own */
    public People(@Nullable People shared) {
        store = shared == null ? new CountingStore(new InMemoryStore(clock)) : shared.store;
        Errands errands = new Errands(this::run);
        TrialLimits limits = new TrialLimits(clock);
        Links links = new Links("https://market.example.com/", "8181");
        FixedSecrets secrets = new FixedSecrets();
        customers = new StoredCustomerDirectory(store, clock);
        items = new AccountItems(store, customers, () -> 0);
        PasswordProof proof = new PasswordProof(items, passwords, limits);
        PasswordChange.Rules rules = new PasswordChange.Rules(passwords, new PasswordPolicy(), proof, limits);
        PasswordChange change = new PasswordChange(store, items, rules, mails, audit, clock, errands);
        NewAccounts made = new NewAccounts(items, audit, mails, clock);
        Devices devices = new Devices(store, clock);
        sessionItems = new SessionItems(store, clock, errands, List.of(Duration.ofDays(30), Duration.ofDays(90)), () -> 0);
        OpenedSessions opened = new OpenedSessions(sessionItems, devices, items, mails, secrets, audit, clock, errands);
        suspensions = new StoredSuspensions(store, () -> 0);
        sessions = new StoredSessions(sessionItems, opened, items, proof, suspensions, audit, clock);
        FactorItems factorItems = new FactorItems(store, secrets, clock);
        StoredSecondFactors stored = new StoredSecondFactors(factorItems, items, limits, mails, audit);
        factors = stored;
        parts.add(stored);
        FactorCheck check = new FactorCheck(factorItems, new PasskeyOwners(), items, mails, audit, errands);
        signIn = new StoredSignIn(items, made, proof, check, limits, opened, devices, new Tickets(store, clock));
        signUp = new StoredSignUp(store, items, new PendingSignUps(store, clock), made, rules, passwords, limits, mails, opened,
                notices, links, errands);
        farewell = new Farewell(items, sessions, new PersonalDataParts(parts), new Erasures(store, clock), mails, audit);
        accounts = new StoredAccounts(items, change, sessions, farewell, audit);
    }

    private void run(Runnable errand) {
        if (errandsWait) {
            waiting.add(errand);
        } else {
            errand.run();
        }
    }

    public void letErrandsWait() {
        errandsWait = true;
    }

    public int waitingErrands() {
        return waiting.size();
    }

    public void runErrands() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    public static EmailAddress email(String text) {
        return EmailAddress.parse("email", text);
    }

    /** Each number is another network. */
    public static Client from(int network) {
        return from(network, "");
    }

    public static Client from(int network, String device) {
        return new Client("198." + network / 250 + "." + network % 250 + ".7", FIREFOX, Optional.of(new Client.Place("IN", "Pune")),
                "en", device);
    }

    public static SignUp.Request request(String address, String password) {
        return new SignUp.Request(email(address), password, "Ann", "en", Optional.empty());
    }

    /** An account by the whole way, from a network that is used for nothing else. */
    public SignUp.Confirmed signUp(String address) {
        Client client = from(9_000 + Math.floorMod(address.hashCode(), 1_000));
        SignUp.Pending pending = signUp.begin(request(address, PASSWORD), client);
        return signUp.confirm(code(), new SignUp.Proof.PendingSecret(pending.secret()), client);
    }

    public Account account(String address) {
        return signUp(address).account();
    }

    /** One with the role, given by hand. */
    public Account administrator(String address) {
        return accounts.setRoles(account(address).id(), Set.of(Role.CUSTOMER, Role.ADMIN), "test");
    }

    /** The code to type of the last mail. */
    public String code() {
        return value(Mail.Kind.VERIFY_EMAIL, "code");
    }

    /** The code in the link of the last mail of this kind. */
    public String linkCode(Mail.Kind kind) {
        String link = value(kind, "link");
        return link.substring(link.indexOf("#code=") + "#code=".length());
    }

    public String value(Mail.Kind kind, String name) {
        return mailer.last(kind).values().getOrDefault(name, "");
    }

    public SignIn.Done signIn(String address, String password, Client client) {
        return (SignIn.Done) signIn.withPassword(email(address), password, "", client);
    }

    public static void refused(Problem problem, ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(call).satisfies(e -> {
            if (e.problem() != problem) {
                throw new AssertionError("expected " + problem + ", was " + e.problem(), e);
            }
        });
    }

    /** Counts what is asked of the store. */
    public static final class CountingStore extends ForwardingStore {
        public final AtomicInteger reads = new AtomicInteger();
        public final AtomicInteger writes = new AtomicInteger();
        /** After so many writes the store fails. */
        public final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

        CountingStore(Store inner) {
            super(inner);
        }

        @Override
        public Optional<Item> get(Key key) {
            reads.incrementAndGet();
            return super.get(key);
        }

        @Override
        public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
            reads.incrementAndGet();
            return super.query(table, pk, prefix, reverse, limit, cursor);
        }

        @Override
        public WriteResult write(Write write) {
            count();
            return super.write(write);
        }

        @Override
        public TransactResult transact(List<Write> all) {
            count();
            return super.transact(all);
        }

        private void count() {
            if (writesLeft.getAndDecrement() <= 0) {
                throw new StoreException.Unavailable("The store is down.");
            }
            writes.incrementAndGet();
        }

        /** Everything in a table, as text, to look for what must not be there. */
        public String dump(Table table) {
            return scan(table, 1000, null).items().toString();
        }
    }
}
