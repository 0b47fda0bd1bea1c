package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.SecondFactors;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.People;
import com.cloudnestle.marketplace.rest.internal.decision.ValidateServlet;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.edge.Cookies;
import com.cloudnestle.marketplace.rest.internal.edge.CrossOrigin;
import com.cloudnestle.marketplace.rest.internal.edge.EdgeFilter;
import com.cloudnestle.marketplace.rest.internal.edge.EdgeSettings;
import com.cloudnestle.marketplace.rest.internal.edge.Edges;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentResources;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews;
import com.cloudnestle.marketplace.rest.internal.payment.ReceiptViews;
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.FakeHandover;
import com.cloudnestle.marketplace.rest.internal.testing.FakePasskeys;
import com.cloudnestle.marketplace.rest.internal.testing.FakePayments;
import com.cloudnestle.marketplace.rest.internal.testing.FakeProviders;
import com.cloudnestle.marketplace.rest.internal.testing.FakeSigning;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Everything people use, behind the edge, over services in memory. */
public final class PeopleServer {

    public final Services services = new Services();
    public final FakeSigning signing = new FakeSigning(services.accounts);
    public final FakeHandover handover = new FakeHandover(services);
    public final FakePasskeys passkeys = new FakePasskeys(services.accounts, services.clock);
    public final FakeProviders providers = new FakeProviders(services.accounts);
    public final FakePayments payments = new FakePayments();
    public final TestServer server;

    /** @param trustedProxies networks */
    public PeopleServer(String publicUrl, String trustedProxies, int perMinute) {
        this(Edges.settings(publicUrl, trustedProxies, perMinute), true);
    }

    /** @param otherWays whether there are passkeys and providers */
    public PeopleServer(EdgeSettings settings, boolean otherWays) {
        Cookies cookies = new Cookies(settings);
        server = new TestServer(Resources.all(services).toArray())
                .with(new ValidateServlet(Resources.decisions(services), services.clock), "/api/validate-token", "/quota/validate")
                .behind(new EdgeFilter(settings, cookies, new CrossOrigin(services.catalog, handover),
                        new People(services.accounts, services.sessions, services.userKeys), services.clock));
        plane(cookies, otherWays ? new OtherWaysIn(passkeys, providers) : new OtherWaysIn());
    }

    private void plane(Cookies jar, OtherWaysIn ways) {
        Services s = services;
        Clients clients = new Clients(jar);
        SessionCookies cookies = new SessionCookies(s.sessions, jar);
        RestRuntime runtime = (path, resources, gate) -> {
            server.mount(path, resources);
            return new Resources.Closed(path);
        };
        Callers callers = new Callers(s.keys, s.tokens, new People(s.accounts, s.sessions, s.userKeys));
        SignedIn signedIn = new SignedIn(callers, s.clock);
        Visits visits = new Visits(handover);
        HeldSolutions held = new HeldSolutions(s.entitlements, s.catalog, s.tokens, Resources.userSolutions(s));
        new PeoplePlane(runtime,
                new SignUpResource(signing, visits, clients, cookies),
                new SignInResource(signing, s.accounts, clients, cookies),
                new PasskeySignInResource(ways, clients, cookies),
                new ProvidersResource(signedIn, ways, visits, clients, new ProviderTrips(jar, cookies)),
                new SetupResource(signing, visits, clients, cookies),
                new AccountResource(signedIn, s.accounts, s.sessions, clients, cookies),
                new AccountSolutionsResource(signedIn, held, s.catalog, s.tokens, s.quota, s.clock),
                new AccountKeysResource(signedIn, s.catalog, s.userKeys),
                new AuthenticatorResource(signedIn, new Factors(), clients),
                new PasskeysResource(signedIn, ways, clients),
                new IdentitiesResource(signedIn, ways, clients),
                new RegistrationResource(signedIn, visits),
                new ExchangeResource(handover, s.entitlements),
                new AdminResource(callers, s.accounts, s.sessions, held, clients, cookies));
        PaymentResources.serve(server, runtime, callers, signedIn, payments, s.clock);
    }

    /** The browser of somebody who is signed in, on a page of this server. */
    public Http browser(NewSession session) {
        return browser().header("Cookie", "marketplace_session=" + session.secret());
    }

    public Http browser() {
        return server.http().header("Sec-Fetch-Site", "same-origin");
    }

    /** What people send and get. */
    public static Stream<Class<?>> bodies() {
        return Stream.of(Views.class, Requests.class, PaymentViews.class, ReceiptViews.class, PaymentRequests.class).flatMap(all -> Arrays.stream(all.getDeclaredClasses()));
    }

    private static final class Factors implements SecondFactors {
        @Override
        public Enrolment begin(String accountId) {
            return new Enrolment("SECRET", "otpauth://totp/x");
        }

        @Override
        public List<String> confirm(String accountId, String code, Client client) {
            return List.of("one-" + code);
        }

        @Override
        public List<String> renewRecoveryCodes(String accountId, Client client) {
            return List.of("two");
        }

        @Override
        public int recoveryCodesLeft(String accountId) {
            return 10;
        }

        @Override
        public void remove(String accountId, Client client) {
            // nothing is kept
        }
    }
}
