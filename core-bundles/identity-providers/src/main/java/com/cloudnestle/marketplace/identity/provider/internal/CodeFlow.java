package com.cloudnestle.marketplace.identity.provider.internal;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all providers have in common: the answer of the browser becomes a code, the code becomes tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1">RFC 6749, authorization code</a>
 */
final class CodeFlow {

    private static final Logger LOG = LoggerFactory.getLogger(CodeFlow.class);
    private static final int SERVER_ERROR = 500;
    private static final int OK = 200;

    private final ProviderSettings settings;
    private final ProviderHttp http;

    CodeFlow(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * The code of an answer that says yes.
     *
     * @param issuerPromised whether the provider always says who it is (RFC 9207); if it does though it did not promise, it must
     *     be true as well
     */
    AuthorizationCode code(Map<String, String> answer, boolean issuerPromised) {
        AuthorizationResponse response = parse(answer);
        boolean named = response.getIssuer() != null;
        if (named && !response.getIssuer().getValue().equals(settings.issuer().toString()) || !named && issuerPromised) {
            LOG.warn("event=provider_answer_refused provider={} reason=issuer", settings.id());
            throw Refusals.untrusted(settings.name(), null);
        }
        if (!response.indicatesSuccess()) {
            String error = response.toErrorResponse().getErrorObject().getCode();
            LOG.info("event=provider_said_no provider={} error={}", settings.id(), word(error));
            throw Refusals.refused("access_denied".equals(error)
                    ? "You did not allow signing in with " + settings.name() + "."
                    : settings.name() + " did not sign you in. Please start again.");
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw Refusals.untrusted(settings.name(), null);
        }
        return code;
    }

    private AuthorizationResponse parse(Map<String, String> answer) {
        Map<String, List<String>> parameters = new HashMap<>();
        answer.forEach((name, value) -> {
            if (!name.equals("response")) { // a signed answer; never asked for
                parameters.put(name, List.of(value));
            }
        });
        try {
            return AuthorizationResponse.parse(settings.callback(), parameters);
        } catch (ParseException e) {
            throw Refusals.untrusted(settings.name(), e);
        }
    }

    /** The provider's answer to a code: JSON with tokens. */
    JSONObject redeem(URI tokenEndpoint, AuthorizationCode code, Ceremony ceremony, boolean secretInBody) {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(code, settings.callback(), new CodeVerifier(ceremony.verifier()));
        ClientID client = new ClientID(settings.clientId());
        TokenRequest.Builder request = settings.clientSecret().isEmpty()
                ? new TokenRequest.Builder(tokenEndpoint, client, grant)
                : new TokenRequest.Builder(tokenEndpoint, authentication(client, secretInBody), grant);
        HTTPRequest asked = request.build().toHTTPRequest();
        asked.setAccept("application/json");
        HTTPResponse answer = send(asked);
        JSONObject tokens = json(answer);
        // GitHub says no with status 200.
        if (tokens.get("error") != null || answer.getStatusCode() != OK) {
            throw refused(String.valueOf(tokens.get("error")));
        }
        return tokens;
    }

    private ClientAuthentication authentication(ClientID client, boolean secretInBody) {
        Secret secret = new Secret(settings.clientSecret());
        return secretInBody ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    private RuntimeException refused(String error) {
        LOG.warn("event=provider_code_refused provider={} error={}", settings.id(), word(error));
        // Everything but a bad code is between us and the provider: the person can do nothing about it.
        return error.equals("invalid_grant") || error.equals("bad_verification_code")
                ? Refusals.refused(settings.name() + " did not sign you in. Please start again.")
                : Refusals.unavailable(settings.name(), null);
    }

    /** Any answer but that of a server in trouble. */
    HTTPResponse send(HTTPRequest request) {
        HTTPResponse answer;
        try {
            answer = request.send(http);
        } catch (IOException e) {
            LOG.warn("event=provider_silent provider={} reason=\"{}\"", settings.id(), word(String.valueOf(e.getMessage())));
            throw Refusals.unavailable(settings.name(), e);
        }
        if (answer.getStatusCode() >= SERVER_ERROR) {
            LOG.warn("event=provider_failed provider={} status={}", settings.id(), answer.getStatusCode());
            throw Refusals.unavailable(settings.name(), null);
        }
        return answer;
    }

    JSONObject json(HTTPResponse answer) {
        try {
            return answer.getBodyAsJSONObject();
        } catch (ParseException e) {
            throw garbage(e);
        }
    }

    /** For answers that are not what the standard says. */
    RuntimeException garbage(Exception cause) {
        LOG.warn("event=provider_unreadable provider={} reason=\"{}\"", settings.id(), word(String.valueOf(cause.getMessage())));
        return Refusals.unavailable(settings.name(), cause);
    }

    /** What others wrote, fit for a line of the log. */
    static String word(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_.: -]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) : clean;
    }
}
