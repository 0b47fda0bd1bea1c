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
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.FakeHandover;
import com.cloudnestle.marketplace.rest.internal.testing.FakeSigning;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.util.List;

/** Everything people use, behind the edge, over services in memory. */
public final class PeopleServer {

    public final Services services = new Services();
    public final FakeSigning signing = new FakeSigning(services.accounts);
    public final FakeHandover handover = new FakeHandover(services);
    public final TestServer server;

    /** @param trustedProxies networks */
    public PeopleServer(String publicUrl, String trustedProxies, int perMinute) {
        EdgeSettings settings = Edges.settings(publicUrl, trustedProxies, perMinute);
        Cookies cookies = new Cookies(settings);
        server = new TestServer(Resources.all(services).toArray())
                .with(new ValidateServlet(Resources.decisions(services), services.clock), "/api/validate-token", "/quota/validate")
                .behind(new EdgeFilter(settings, cookies, new CrossOrigin(services.catalog, handover), services.clock));
        plane(new Clients(cookies), new SessionCookies(services.sessions, cookies));
    }

    private void plane(Clients clients, SessionCookies cookies) {
        Services s = services;
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
                new SetupResource(signing, visits, clients, cookies),
                new AccountResource(signedIn, s.accounts, s.sessions, clients, cookies),
                new AccountSolutionsResource(signedIn, held, s.catalog, s.tokens, s.quota, s.clock),
                new AccountKeysResource(signedIn, s.catalog, s.userKeys),
                new AuthenticatorResource(signedIn, new Factors(), clients),
                new RegistrationResource(signedIn, visits),
                new ExchangeResource(handover, s.entitlements),
                new AdminResource(callers, s.accounts, s.sessions, held, clients, cookies));
    }

    /** The browser of somebody who is signed in, on a page of this server. */
    public Http browser(NewSession session) {
        return browser().header("Cookie", "marketplace_session=" + session.secret());
    }

    public Http browser() {
        return server.http().header("Sec-Fetch-Site", "same-origin");
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
