package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sign-up with the code 123456 for whoever asked last, sign-in with the one password, a second factor with code 000000. */
public final class FakeSigning implements SignUp, SignIn {

    public static final String PENDING = "pending-secret";
    public static final String CODE = "123456";

    /** From where things were asked. */
    public final List<Client> clients = new ArrayList<>();

    private final FakeAccounts accounts;
    private SignUp.Request last;

    public FakeSigning(FakeAccounts accounts) {
        this.accounts = accounts;
        this.last = new SignUp.Request(EmailAddress.parse("email", "nobody@example.com"), "", "", "en", Optional.empty());
    }

    @Override
    public Pending begin(SignUp.Request request, Client client) {
        clients.add(client);
        last = request;
        return new Pending(PENDING, Instant.MAX);
    }

    @Override
    public Confirmed confirm(String code, Proof proof, Client client) {
        boolean proved = proof instanceof Proof.PendingSecret secret
                ? secret.secret().equals(PENDING)
                : ((Proof.Password) proof).password().equals(last.password());
        if (!code.equals(CODE) || !proved) {
            throw new MarketplaceException(Problem.CODE_INVALID, "The code is wrong.");
        }
        Account made = accounts.make(last.email().value());
        return new Confirmed(accounts.signIn(made), made, last.visit());
    }

    @Override
    public void resend(String pendingSecret, Client client) {
        accounts.asked.add("resend " + pendingSecret);
    }

    @Override
    public boolean setupOpen() {
        return true;
    }

    @Override
    public Confirmed setUp(String setupCode, SignUp.Request request, Client client) {
        Account made = accounts.make(request.email().value(), Role.ADMIN);
        return new Confirmed(accounts.signIn(made), made, Optional.empty());
    }

    @Override
    public Step withPassword(EmailAddress email, String password, String knownDevice, Client client) {
        clients.add(client);
        if (password.equals("flood")) {
            throw MarketplaceException.tooMany("Too many trials.", Duration.ofMillis(90_500));
        }
        Account account = accounts.findByEmail(email).filter(found -> password.equals(InMemorySessions.PASSWORD))
                .orElseThrow(() -> new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work."));
        return email.value().startsWith("two")
                ? new SecondFactorNeeded(account.id(), Set.of(Factor.AUTHENTICATOR, Factor.RECOVERY_CODE), Instant.MAX)
                : new Done(accounts.signIn(account), account);
    }

    @Override
    public Done withCode(String ticket, String code, Client client) {
        Account account = accounts.find(ticket).filter(found -> code.equals("000000"))
                .orElseThrow(() -> new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work."));
        return new Done(accounts.signIn(account), account);
    }

    @Override
    public Optional<String> ticketHolder(String ticket) {
        return Optional.empty();
    }

    @Override
    public Step vouched(String accountId, Method method, boolean strong, Client client) {
        Account account = accounts.find(accountId).orElseThrow();
        return new Done(accounts.signIn(account), account);
    }

    @Override
    public Account accountOf(EmailAddress verified, String name, String language, Client client) {
        return accounts.make(verified.value());
    }
}
