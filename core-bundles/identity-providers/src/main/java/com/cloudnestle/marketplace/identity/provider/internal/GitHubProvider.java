package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import net.minidev.json.JSONObject;

/**
 * GitHub, which speaks OAuth 2 but not OpenID Connect: who it is comes from its REST API. The number of an account stays when
 * its name changes; of its addresses the primary one counts, and only if it is verified.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps">GitHub, OAuth apps</a>
 */
final class GitHubProvider implements IdentityProvider {

    private static final int OK = 200;

    private final ProviderSettings settings;
    private final CodeFlow flow;

    GitHubProvider(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        flow = new CodeFlow(settings, http);
    }

    @Override
    public Provider provider() {
        return settings.provider();
    }

    @Override
    public URI begin(Ceremony ceremony) {
        return new AuthorizationRequest.Builder(new ResponseType(ResponseType.Value.CODE), new ClientID(settings.clientId()))
                .endpointURI(under(settings.issuer(), "/login/oauth/authorize"))
                .redirectionURI(settings.callback())
                .scope(new Scope(settings.scopes().toArray(String[]::new)))
                .state(new State(ceremony.state()))
                .codeChallenge(new CodeVerifier(ceremony.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public ProviderAccount identify(Map<String, String> answer, Ceremony ceremony) {
        AuthorizationCode code = flow.code(answer, false);
        JSONObject tokens = flow.redeem(under(settings.issuer(), "/login/oauth/access_token"), code, ceremony, true);
        if (!(tokens.get("access_token") instanceof String token)) {
            throw Refusals.unavailable(settings.name(), null);
        }
        JSONObject user = flow.json(ask("/user", token));
        if (!(user.get("id") instanceof Number id) || !(user.get("login") instanceof String login)) {
            throw Refusals.unavailable(settings.name(), null);
        }
        String name = user.get("name") instanceof String text ? text : login;
        return new ProviderAccount(settings.issuer(), Long.toString(id.longValue()), login, name, email(token));
    }

    /** Empty also if the person did not let us see the addresses. */
    private Optional<EmailAddress> email(String token) {
        HTTPResponse answer = ask("/user/emails", token);
        if (answer.getStatusCode() != OK) {
            return Optional.empty();
        }
        try {
            return answer.getBodyAsJSONArray().stream()
                    .filter(Map.class::isInstance).map(Map.class::cast)
                    .filter(email -> Boolean.TRUE.equals(email.get("primary")) && Boolean.TRUE.equals(email.get("verified")))
                    .findFirst()
                    .flatMap(email -> ProviderAccount.email(String.valueOf(email.get("email"))));
        } catch (ParseException e) {
            throw flow.garbage(e);
        }
    }

    private HTTPResponse ask(String path, String token) {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, under(settings.api(), path));
        request.setAuthorization("Bearer " + token);
        request.setAccept("application/vnd.github+json");
        return flow.send(request);
    }

    private static URI under(URI base, String path) {
        return URI.create(base + path);
    }
}
