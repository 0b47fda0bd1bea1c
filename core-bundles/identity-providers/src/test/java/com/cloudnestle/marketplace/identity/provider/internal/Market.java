package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Finished;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Start;
import com.cloudnestle.marketplace.identity.SignIn.Done;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A marketplace with providers, and a person with a browser. */
final class Market {

    static final Client CLIENT = new Client("127.0.0.1", "Mozilla/5.0 Firefox/140.0", Optional.empty(), "en");
    /** With providers that answer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    final InMemoryStore store = new InMemoryStore(clock);
    final InMemoryAccounts accounts = new InMemoryAccounts(clock);
    final VouchedByProviders vouched = new VouchedByProviders(accounts, clock);
    final RecordingMailer mailer = new RecordingMailer();
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final LinkedIdentities linked = new LinkedIdentities(store, clock);
    final ProviderSignIn signIn;

    Market(Map<String, Object> configuration) {
        this(configuration, PATIENCE);
    }

    private Market(Map<String, Object> configuration, Duration patience) {
        PublicAddress address = new PublicAddress(Map.of(), name -> null);
        ConfiguredProviders providers =
                new ConfiguredProviders(new Settings(configuration, name -> null, address), new ProviderHttp(patience));
        signIn = new ProviderSignIn(providers, new Ceremonies(store, clock), linked,
                new LinkNews(audit, mailer, providers, address, clock), new OtherWaysIn(List.of()), accounts, vouched);
    }

    /** One OpenID provider called {@code people}, named People. */
    static Market of(String issuer) {
        return of(issuer, PATIENCE);
    }

    static Market of(String issuer, Duration patience) {
        return new Market(Map.of("providers", "people", "people.name", "People", "people.issuer", issuer,
                "people.client_id", "market", "people.client_secret", "a secret of thirty-two characters"), patience);
    }

    Start start(String provider) {
        return signIn.start(provider, Optional.empty(), Optional.empty(), CLIENT);
    }

    /** Goes there and back. */
    Finished signIn(String provider) {
        Start start = start(provider);
        return signIn.finish(provider, goTo(start.redirect()), start.browserSecret(), CLIENT);
    }

    String accountOf(Finished finished) {
        return ((Done) finished.step()).account().id();
    }

    /** Links an account and gives what came of it. */
    Finished link(String provider, String accountId) {
        Start start = signIn.start(provider, Optional.empty(), Optional.of(accountId), CLIENT);
        return signIn.finish(provider, goTo(start.redirect()), start.browserSecret(), CLIENT);
    }

    /** What a browser does: asks the provider, and brings back what it is sent back with. */
    static Map<String, String> goTo(URI redirect) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(redirect).build(), HttpResponse.BodyHandlers.ofString());
            return query(URI.create(answer.headers().firstValue("Location").orElseThrow(
                    () -> new AssertionError("no redirection but " + answer.statusCode() + " " + answer.body()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> query(URI address) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : Optional.ofNullable(address.getRawQuery()).orElse("").split("&")) {
            int at = part.indexOf('=');
            if (at > 0) {
                parameters.put(decode(part.substring(0, at)), decode(part.substring(at + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The problem's code, of work that must fail. */
    static String problem(Runnable work) {
        return failure(work).problem().code();
    }

    static MarketplaceException failure(Runnable work) {
        try {
            work.run();
        } catch (MarketplaceException e) {
            return e;
        }
        throw new AssertionError("it was let through");
    }
}
