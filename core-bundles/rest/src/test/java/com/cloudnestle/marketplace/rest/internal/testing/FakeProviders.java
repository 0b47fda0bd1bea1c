package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.Visit;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One provider, {@code acme}, at which the code says whose address it is; addresses that begin with "two" have a second factor. */
public final class FakeProviders implements ExternalSignIn {

    public static final String AUTHORIZE = "https://acme.example/authorize?state=";

    /** From where ceremonies began, and what came back. */
    public final List<Client> clients = new ArrayList<>();
    public final List<Map<String, String>> answers = new ArrayList<>();

    private record Begun(String browserSecret, Optional<Visit> visit, Optional<String> linkTo) {}

    private final Map<String, Begun> begun = new LinkedHashMap<>();
    private final Map<String, String> linked = new LinkedHashMap<>();
    private final FakeAccounts accounts;

    public FakeProviders(FakeAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public List<Provider> providers() {
        return List.of(new Provider("acme", "Acme <account>"));
    }

    @Override
    public synchronized Start start(String providerId, Optional<Visit> visit, Optional<String> linkTo, Client client) {
        requireKnown(providerId);
        clients.add(client);
        String state = "state" + begun.size();
        begun.put(state, new Begun("browser-secret_" + begun.size(), visit, linkTo));
        return new Start(URI.create(AUTHORIZE + state), begun.get(state).browserSecret());
    }

    @Override
    public synchronized Finished finish(String providerId, Map<String, String> answer, String browserSecret, Client client) {
        requireKnown(providerId);
        answers.add(answer);
        String state = answer.getOrDefault("state", "");
        Begun one = begun.get(state);
        if (one == null || !one.browserSecret().equals(browserSecret) || answer.containsKey("error")) {
            throw new MarketplaceException(Problem.SIGN_IN_REFUSED, "Refused: " + answer.get("error_description"));
        }
        begun.put(state, new Begun("used up", Optional.empty(), Optional.empty()));
        String email = answer.getOrDefault("code", "");
        if (email.equals("down")) {
            throw new MarketplaceException(Problem.PROVIDER_UNAVAILABLE, "It does not answer.");
        }
        Account account = one.linkTo().map(id -> accounts.find(id).orElseThrow()).orElseGet(
                () -> accounts.findByEmail(EmailAddress.parse("email", email)).orElseGet(() -> accounts.make(email)));
        linked.put(account.id(), email);
        return new Finished(email.startsWith("two")
                ? new SignIn.SecondFactorNeeded("ticket of " + email, Set.of(SignIn.Factor.PASSKEY, SignIn.Factor.AUTHENTICATOR), Instant.MAX)
                : new SignIn.Done(accounts.signIn(account), account), one.visit());
    }

    @Override
    public synchronized List<Identity> ofAccount(String accountId) {
        return Optional.ofNullable(linked.get(accountId)).map(email -> new Identity("acme", email)).stream().toList();
    }

    @Override
    public synchronized void unlink(String accountId, String providerId, Client client) {
        if (linked.remove(accountId) == null) {
            throw new MarketplaceException(Problem.NOT_FOUND, "No account of that provider is linked.");
        }
    }

    private static void requireKnown(String providerId) {
        if (!providerId.equals("acme")) {
            throw new MarketplaceException(Problem.NOT_FOUND, "There is no such provider.");
        }
    }
}
