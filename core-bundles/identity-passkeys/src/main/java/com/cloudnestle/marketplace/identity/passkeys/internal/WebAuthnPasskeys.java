package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Passkeys;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.passkeys.internal.CeremonyTickets.Issued;
import com.cloudnestle.marketplace.identity.passkeys.internal.CeremonyTickets.Purpose;
import com.cloudnestle.marketplace.identity.passkeys.internal.CeremonyTickets.Ticket;
import com.cloudnestle.marketplace.identity.passkeys.internal.CredentialCheck.Claim;
import com.cloudnestle.marketplace.identity.passkeys.internal.CredentialCheck.Registered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Passkeys in the store. A sign-in with one needs nothing else: the authenticator has verified the person. Thread-safe. */
@Component(service = Passkeys.class)
public final class WebAuthnPasskeys implements Passkeys {

    private static final int MAX_NAME = 60;
    private static final int MAX_TRIES = 10;

    private final Accounts accounts;
    private final SignIn signIn;
    private final PasskeyItems items;
    private final CeremonyTickets tickets;
    private final OtherWays otherWays;
    private final PasskeyNews news;
    private final RelyingParty party;
    private final CredentialCheck credentials;
    private final InstantSource clock;

    @Activate
    public WebAuthnPasskeys(@Reference Accounts accounts, @Reference SignIn signIn, @Reference PasskeyItems items,
            @Reference CeremonyTickets tickets, @Reference OtherWays otherWays, @Reference PasskeyNews news,
            @Reference RelyingParty party, @Reference InstantSource clock) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.items = items;
        this.tickets = tickets;
        this.otherWays = otherWays;
        this.news = news;
        this.party = party;
        this.credentials = new CredentialCheck(party);
        this.clock = clock;
    }

    @Override
    public Ceremony beginRegistration(String accountId) {
        String rpId = party.id();
        Account account = unsuspended(accountId);
        List<StoredPasskey> present = items.ofAccount(accountId);
        if (present.size() >= PasskeyItems.MAX) {
            throw tooManyPasskeys();
        }
        byte[] handle = items.handle(accountId);
        Issued ticket = tickets.issue(Purpose.REGISTRATION, Optional.of(accountId));
        return new Ceremony(ticket.secret(), CeremonyOptions.creation(rpId, account, handle, ticket.challenge(), present));
    }

    @Override
    public Passkey register(String accountId, String ticket, String credential, String name, Client client) {
        String called = name.isBlank() ? Browser.of(client.userAgent()) : checked(name);
        Account account = unsuspended(accountId);
        Ticket used = tickets.use(Purpose.REGISTRATION, ticket);
        if (!used.accountId().equals(Optional.of(accountId))) {
            throw CeremonyTickets.invalid();
        }
        byte[] handle = items.presentHandle(accountId).orElseThrow(CeremonyTickets::invalid);
        Registered made = credentials.registration(credential, used.challenge())
                .orElseThrow(() -> MarketplaceException.invalid("credential", "is not what this marketplace asked for"));
        StoredPasskey passkey = new StoredPasskey(
                PasskeyItems.newId(), accountId, called, made.credential(), made.counter(), now(), Optional.empty());
        switch (items.add(passkey, handle)) {
            case DONE -> news.added(account, passkey, client);
            case FULL -> throw tooManyPasskeys();
            case TAKEN -> throw MarketplaceException.invalid("credential", "is known already");
            case GONE -> throw CeremonyTickets.invalid();
        }
        return passkey.shown();
    }

    @Override
    public Ceremony beginSignIn(Optional<String> secondFactorTicket) {
        String rpId = party.id();
        Optional<String> accountId = secondFactorTicket.map(
                ticket -> signIn.ticketHolder(ticket).orElseThrow(CeremonyTickets::invalid));
        List<StoredPasskey> allowed = accountId.map(items::ofAccount).orElse(List.of());
        if (accountId.isPresent() && allowed.isEmpty()) {
            throw refused();
        }
        Issued ticket = tickets.issue(Purpose.SIGN_IN, accountId);
        return new Ceremony(ticket.secret(), CeremonyOptions.request(rpId, ticket.challenge(), allowed));
    }

    @Override
    public SignIn.Done signIn(String ticket, String credential, Client client) {
        Ticket used = tickets.use(Purpose.SIGN_IN, ticket);
        Claim claim = credentials.claim(credential).orElseThrow(WebAuthnPasskeys::refused);
        String accountId = prove(claim, used, client);
        SignIn.Step step = signIn.vouched(accountId, SignIn.Method.PASSKEY, true, client);
        if (step instanceof SignIn.Done done) {
            return done;
        }
        throw new IllegalStateException("a passkey is worth two factors");
    }

    /** Another sign-in with the same passkey may come between reading and writing its counter; then all is looked at again. */
    private String prove(Claim claim, Ticket ticket, Client client) {
        for (int i = 0; i < MAX_TRIES; i++) {
            StoredPasskey passkey = items.byCredential(claim.credentialId())
                    .filter(found -> isOf(found, claim, ticket))
                    .orElseThrow(WebAuthnPasskeys::refused);
            switch (credentials.check(claim, passkey, ticket.challenge())) {
                case PROVED -> {
                    if (items.used(passkey, CredentialCheck.counter(claim), now())) {
                        return passkey.accountId();
                    }
                }
                case COUNTER_WENT_BACK -> {
                    accounts.find(passkey.accountId()).ifPresent(owner -> news.counterWentBack(owner, passkey, client));
                    throw refused();
                }
                case REFUSED -> throw refused();
            }
        }
        throw new MarketplaceException(Problem.STORE_UNAVAILABLE, "Too many parallel changes; try again.");
    }

    /** The authenticator must mean the account that has the passkey, and the first step must have been that account's. */
    private boolean isOf(StoredPasskey passkey, Claim claim, Ticket ticket) {
        if (ticket.accountId().filter(holder -> !holder.equals(passkey.accountId())).isPresent()) {
            return false;
        }
        return claim.userHandle()
                .map(said -> items.presentHandle(passkey.accountId()).filter(known -> MessageDigest.isEqual(said, known)).isPresent())
                .orElse(ticket.accountId().isPresent());
    }

    @Override
    public List<Passkey> ofAccount(String accountId) {
        return items.ofAccount(accountId).stream().map(StoredPasskey::shown).toList();
    }

    @Override
    public void rename(String accountId, String passkeyId, String name) {
        items.rename(accountId, passkeyId, checked(name));
    }

    @Override
    public void remove(String accountId, String passkeyId, Client client) {
        Account account = account(accountId);
        StoredPasskey passkey = items.require(accountId, passkeyId);
        if (!items.remove(passkey, otherWays.has(account))) {
            throw new MarketplaceException(Problem.CONFLICT,
                    "This passkey is the only way to sign in; set a password or add another passkey first.");
        }
        news.removed(account, passkey, client);
    }

    private Account account(String accountId) {
        return accounts.find(accountId).orElseThrow(PasskeyItems::noSuchCustomer);
    }

    /** Erasing an account begins with suspending it: nothing must be added then. */
    private Account unsuspended(String accountId) {
        Account account = account(accountId);
        if (account.suspended()) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "This account is suspended.");
        }
        return account;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String checked(String name) {
        String text = name.strip();
        if (text.isEmpty() || text.length() > MAX_NAME) {
            throw MarketplaceException.invalid("name", "must have 1 to " + MAX_NAME + " characters");
        }
        boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        if (!whole || text.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid("name", "has characters that cannot be shown");
        }
        return text;
    }

    private static MarketplaceException tooManyPasskeys() {
        return new MarketplaceException(Problem.CONFLICT, "There are " + PasskeyItems.MAX + " passkeys already; remove one first.");
    }

    /** The same words whatever was wrong. */
    private static MarketplaceException refused() {
        return new MarketplaceException(Problem.SIGN_IN_REFUSED, "That passkey did not work. Try again, or sign in another way.");
    }
}
