package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider that speaks OpenID Connect: code flow with PKCE, state and nonce.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core 1.0, code flow</a>
 */
final class OpenIdProvider implements IdentityProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OpenIdProvider.class);
    private static final int OK = 200;

    private final ProviderSettings settings;
    private final Discovery discovery;
    private final CodeFlow flow;

    OpenIdProvider(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        discovery = new Discovery(settings, http, System::nanoTime);
        flow = new CodeFlow(settings, http);
    }

    @Override
    public Provider provider() {
        return settings.provider();
    }

    @Override
    public URI begin(Ceremony ceremony) {
        return new AuthenticationRequest.Builder(new ResponseType(ResponseType.Value.CODE),
                        new Scope(settings.scopes().toArray(String[]::new)), new ClientID(settings.clientId()), settings.callback())
                .endpointURI(discovery.get().metadata().getAuthorizationEndpointURI())
                .state(new State(ceremony.state()))
                .nonce(new Nonce(ceremony.nonce()))
                .codeChallenge(new CodeVerifier(ceremony.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public ProviderAccount identify(Map<String, String> answer, Ceremony ceremony) {
        Discovery.Known known = discovery.get();
        OIDCProviderMetadata metadata = known.metadata();
        AuthorizationCode code = flow.code(answer, metadata.supportsAuthorizationResponseIssuerParam());
        JSONObject redeemed = flow.redeem(metadata.getTokenEndpointURI(), code, ceremony, secretInBody(metadata));
        OIDCTokens tokens;
        try {
            tokens = OIDCTokenResponse.parse(redeemed).getOIDCTokens();
        } catch (ParseException e) {
            throw flow.garbage(e);
        }
        IDTokenClaimsSet claims = claims(tokens.getIDToken(), ceremony, known);
        String subject = claims.getSubject().getValue();
        JSONObject person = claims.toJSONObject();
        if (text(person, "email").isEmpty() && metadata.getUserInfoEndpointURI() != null) {
            person = userInfo(metadata.getUserInfoEndpointURI(), tokens.getBearerAccessToken(), subject);
        }
        return account(subject, person);
    }

    private IDTokenClaimsSet claims(@Nullable JWT idToken, Ceremony ceremony, Discovery.Known known) {
        if (idToken == null) {
            throw flow.garbage(new ParseException("no ID token"));
        }
        try {
            IDTokenClaimsSet claims = known.validator().validate(idToken, new Nonce(ceremony.nonce()));
            if (!forUsAlone(claims)) {
                throw untrusted("made for another client", null);
            }
            return claims;
        } catch (BadJOSEException e) {
            throw untrusted(String.valueOf(e.getMessage()), e);
        } catch (JOSEException e) {
            throw flow.garbage(e); // its keys cannot be had
        }
    }

    /** The library sees to it that we are among the audience, but not that the token was made for us. */
    private boolean forUsAlone(IDTokenClaimsSet claims) {
        AuthorizedParty party = claims.getAuthorizedParty();
        return party == null ? claims.getAudience().size() == 1 : party.getValue().equals(settings.clientId());
    }

    private RuntimeException untrusted(String reason, @Nullable Throwable cause) {
        LOG.warn("event=provider_token_refused provider={} reason=\"{}\"", settings.id(), CodeFlow.word(reason));
        return Refusals.untrusted(settings.name(), cause);
    }

    /** For providers that keep the address out of the ID token. */
    private JSONObject userInfo(URI endpoint, @Nullable BearerAccessToken token, String subject) {
        if (token == null) {
            throw flow.garbage(new ParseException("no bearer token"));
        }
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
        request.setAuthorization(token.toAuthorizationHeader());
        request.setAccept("application/json");
        var answer = flow.send(request);
        if (answer.getStatusCode() != OK) {
            LOG.warn("event=provider_userinfo_refused provider={} status={}", settings.id(), answer.getStatusCode());
            throw Refusals.unavailable(settings.name(), null);
        }
        JSONObject person = flow.json(answer);
        if (!text(person, "sub").equals(subject)) { // Core 5.3.2: not about the same person
            throw untrusted("userinfo of another subject", null);
        }
        return person;
    }

    private ProviderAccount account(String subject, JSONObject person) {
        String email = text(person, "email");
        // Cognito's userinfo has the word instead of the value.
        boolean verified = Boolean.TRUE.equals(person.get("email_verified")) || "true".equals(person.get("email_verified"));
        String label = email.isEmpty() ? text(person, "preferred_username") : email;
        try {
            return new ProviderAccount(settings.issuer(), subject, label, text(person, "name"),
                    verified ? ProviderAccount.email(email) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw Refusals.untrusted(settings.name(), e);
        }
    }

    /** Only where the provider has no other way: RFC 6749 recommends the header. */
    private static boolean secretInBody(OIDCProviderMetadata metadata) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods != null && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }

    private static String text(JSONObject person, String claim) {
        return person.get(claim) instanceof String text ? text : "";
    }
}
