package com.cloudnestle.marketplace.identity.provider.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * An OpenID provider whose tokens a test writes. They carry the time of the machine, for the library that checks them knows no
 * other.
 */
final class ForgedProvider extends ScriptedServer {

    static final String SECRET = "a secret of thirty-two characters";
    static final RSAKey KEY = newKey("k1");
    static final RSAKey UNKNOWN_KEY = newKey("k1"); // by the same name

    /** The metadata; a test may add to it before anybody asks. */
    String extra = "";

    ForgedProvider() throws IOException {
        on("/.well-known/openid-configuration", (exchange, body) -> answer(exchange, 200, "application/json", metadata()));
        json("/jwks", 200, new JWKSet(KEY.toPublicJWK()).toString());
        on("/authorize", (exchange, body) -> {
            Map<String, String> asked = Market.query(exchange.getRequestURI());
            exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?code=c-1&state=" + asked.get("state"));
            answer(exchange, 302, "text/plain", "");
        });
    }

    private String metadata() {
        String at = url();
        return """
                {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token","jwks_uri":"%s/jwks",\
                "response_types_supported":["code"],"subject_types_supported":["public"],\
                "id_token_signing_alg_values_supported":["RS256","HS256","none"]%s}""".formatted(at, at, at, at, extra);
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims that are all right for this nonce. */
    JWTClaimsSet.Builder claims(String nonce) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(url()).subject("s-1").audience("market").claim("nonce", nonce)
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300)))
                .claim("email", "ann@example.com").claim("email_verified", true).claim("name", "Ann");
    }

    void hands(String idToken) {
        json("/token", 200, "{\"access_token\":\"at-1\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"" + idToken + "\"}");
    }

    static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(KEY));
    }

    static String signedByAnother(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(UNKNOWN_KEY));
    }

    static String signedWithSecret(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.HS256, new MACSigner(SECRET));
    }

    static String unsigned(JWTClaimsSet.Builder claims) {
        return new PlainJWT(claims.build()).serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k1").build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
