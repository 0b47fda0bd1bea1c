package com.cloudnestle.marketplace.identity.provider.internal;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.identity.provider.internal.LinkedIdentities.Linked;
import com.cloudnestle.marketplace.identity.provider.internal.LinkedIdentities.Outcome;
import com.cloudnestle.marketplace.notification.SecurityChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * From what a provider says to an account: the one the identity is linked to, else the one with the address that the provider
 * verified, which is linked from then on. An address that was not verified opens and makes nothing.
 */
@Component(service = ExternalSignIn.class)
public final class ProviderSignIn implements ExternalSignIn {

    private final ConfiguredProviders providers;
    private final Ceremonies ceremonies;
    private final LinkedIdentities linked;
    private final LinkNews news;
    private final OtherWaysIn otherWays;
    private final Accounts accounts;
    private final SignIn signIn;

    @Activate
    public ProviderSignIn(@Reference ConfiguredProviders providers, @Reference Ceremonies ceremonies,
            @Reference LinkedIdentities linked, @Reference LinkNews news, @Reference OtherWaysIn otherWays,
            @Reference Accounts accounts, @Reference SignIn signIn) {
        this.providers = providers;
        this.ceremonies = ceremonies;
        this.linked = linked;
        this.news = news;
        this.otherWays = otherWays;
        this.accounts = accounts;
        this.signIn = signIn;
    }

    @Override
    public List<Provider> providers() {
        return providers.all();
    }

    @Override
    public Start start(String providerId, Optional<Visit> visit, Optional<String> linkTo, Client client) {
        IdentityProvider provider = providers.require(providerId);
        Ceremonies.Begun begun = ceremonies.prepare(linkTo, visit);
        Start start = new Start(provider.begin(begun.ceremony()), begun.browserSecret());
        ceremonies.remember(providerId, begun); // last: a provider that is down costs no write
        return start;
    }

    @Override
    public Finished finish(String providerId, Map<String, String> answer, String browserSecret, Client client) {
        IdentityProvider provider = providers.require(providerId);
        Ceremony ceremony = ceremonies.take(providerId, answer.getOrDefault("state", ""), browserSecret);
        ProviderAccount who = provider.identify(answer, ceremony);
        String accountId = ceremony.linkTo().isPresent()
                ? linkTo(ceremony.linkTo().get(), providerId, who, client)
                : accountOf(providerId, who, client);
        return new Finished(signIn.vouched(accountId, SignIn.Method.PROVIDER, false, client), ceremony.visit());
    }

    private String accountOf(String providerId, ProviderAccount who, Client client) {
        Optional<String> known = known(who);
        if (known.isPresent()) {
            return known.get();
        }
        String name = providers.name(providerId);
        // The same words whether there is such an account or not: an address that was not verified may be anybody's.
        EmailAddress email = who.verifiedEmail().orElseThrow(() -> Refusals.conflict(name + " does not vouch for your e-mail"
                + " address. Verify it there and try again, or sign in another way and link " + name + " to your account."));
        boolean existed = accounts.findByEmail(email).isPresent();
        Account account = signIn.accountOf(email, who.name(), client.language(), client);
        link(account, providerId, who, existed, client);
        return account.id();
    }

    /** The account the identity opens; one that was deleted frees it. */
    private Optional<String> known(ProviderAccount who) {
        Optional<String> holder = linked.accountOf(who);
        if (holder.isPresent() && accounts.find(holder.get()).isEmpty()) {
            linked.forget(who, holder.get());
            return Optional.empty();
        }
        return holder;
    }

    private String linkTo(String accountId, String providerId, ProviderAccount who, Client client) {
        known(who);
        link(require(accountId), providerId, who, true, client);
        return accountId;
    }

    /** @param tell whether the person may not expect it */
    private void link(Account account, String providerId, ProviderAccount who, boolean tell, Client client) {
        String name = providers.name(providerId);
        Outcome outcome = linked.add(account.id(), providerId, who);
        switch (outcome) {
            case ADDED -> {
                news.added(account.id(), providerId);
                if (tell) {
                    news.mail(account, providerId, SecurityChange.PROVIDER_ADDED, client);
                }
            }
            case THERE -> { }
            case ELSEWHERE -> throw Refusals.conflict("This account of " + name + " opens another account here.");
            case ANOTHER -> throw Refusals.conflict("Your account is linked to another account of " + name
                    + ". Sign in with that one, or another way, and remove it first.");
        }
    }

    @Override
    public List<Identity> ofAccount(String accountId) {
        return linked.ofAccount(accountId).stream().map(one -> new Identity(one.providerId(), one.label())).toList();
    }

    @Override
    public void unlink(String accountId, String providerId, Client client) {
        Account account = require(accountId);
        List<Linked> all = linked.ofAccount(accountId);
        Linked unwanted = all.stream().filter(one -> one.providerId().equals(providerId)).findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "No account of that provider is linked."));
        Optional<Linked> provided = Optional.empty();
        if (!otherWays.has(account)) {
            provided = all.stream().filter(one -> one != unwanted && providers.has(one.providerId())).findFirst();
            if (provided.isEmpty()) {
                throw Refusals.conflict("This is your only way to sign in. Set a password or add a passkey first.");
            }
        }
        if (!linked.remove(accountId, unwanted, provided)) {
            throw Refusals.conflict("Your ways to sign in have changed in the meantime. Look again.");
        }
        news.removed(accountId, providerId);
        news.mail(account, providerId, SecurityChange.PROVIDER_REMOVED, client);
    }

    private Account require(String accountId) {
        return accounts.find(accountId)
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such account."));
    }
}
