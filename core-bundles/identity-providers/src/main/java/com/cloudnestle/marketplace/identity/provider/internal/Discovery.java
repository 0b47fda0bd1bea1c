package com.cloudnestle.marketplace.identity.provider.internal;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider says of itself, asked once an hour. While it does not answer, what was known before is used; where nothing
 * was, it is asked again only after a pause, so that people do not wait in a row for a server that is down.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 */
final class Discovery {

    static final Duration FRESH = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final int CLOCK_SKEW_SECONDS = 60;

    /** Signatures that only the provider can make; none and those made with the client's secret are not among them. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final ProviderSettings settings;
    private final ProviderHttp http;
    private final LongSupplier nanos;

    private @Nullable Known known;
    private long knownAt;
    private @Nullable Throwable failure;
    private long failedAt;

    /** @param nanos a clock for ages, as {@link System#nanoTime()} */
    Discovery(ProviderSettings settings, ProviderHttp http, LongSupplier nanos) {
        this.settings = settings;
        this.http = http;
        this.nanos = nanos;
    }

    /** @param validator has the provider's keys in memory, and fetches them again when a token names another one */
    record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /** @throws com.cloudnestle.marketplace.error.MarketplaceException {@code provider-unavailable} (503) */
    synchronized Known get() {
        Known last = known;
        if (last != null && nanos.getAsLong() - knownAt < FRESH.toNanos()) {
            return last;
        }
        if (failure == null || nanos.getAsLong() - failedAt >= PAUSE.toNanos()) {
            try {
                last = ask(last);
                known = last;
                knownAt = nanos.getAsLong();
                failure = null;
            } catch (IOException | GeneralException | IllegalArgumentException e) {
                failure = e;
                failedAt = nanos.getAsLong();
                LOG.warn("event=provider_discovery_failed provider={} reason=\"{}\"", settings.id(), CodeFlow.word(String.valueOf(e.getMessage())));
            }
        }
        if (last == null) {
            throw Refusals.unavailable(settings.name(), failure);
        }
        return last;
    }

    private Known ask(@Nullable Known before) throws IOException, GeneralException {
        Issuer issuer = new Issuer(settings.issuer());
        OIDCProviderMetadata found =
                OIDCProviderMetadata.parse(http.retrieveResource(OIDCProviderMetadata.resolveURL(issuer)).getContent());
        if (!found.getIssuer().equals(issuer)) {
            throw new ParseException("it calls itself " + found.getIssuer());
        }
        if (!Addresses.trustworthy(found.getAuthorizationEndpointURI())
                || !Addresses.trustworthy(found.getTokenEndpointURI())
                || !Addresses.trustworthy(found.getJWKSetURI())
                || found.getUserInfoEndpointURI() != null && !Addresses.trustworthy(found.getUserInfoEndpointURI())) {
            throw new ParseException("an address is missing or not https");
        }
        boolean same = before != null && before.metadata().toJSONObject().equals(found.toJSONObject());
        return new Known(found, same ? before.validator() : validator(issuer, found));
    }

    private IDTokenValidator validator(Issuer issuer, OIDCProviderMetadata found) throws IOException, ParseException {
        var keys = JWKSourceBuilder.<SecurityContext>create(found.getJWKSetURI().toURL(), http).refreshAheadCache(false).build();
        IDTokenValidator validator = new IDTokenValidator(issuer, new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(algorithms(found), keys), null);
        validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return validator;
    }

    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata found) throws ParseException {
        List<JWSAlgorithm> said = found.getIDTokenJWSAlgs();
        Set<JWSAlgorithm> usable = new LinkedHashSet<>(said == null ? List.of(JWSAlgorithm.RS256) : said);
        usable.retainAll(ALGORITHMS);
        if (usable.isEmpty()) {
            throw new ParseException("it signs ID tokens in no way that can be checked");
        }
        return usable;
    }
}
