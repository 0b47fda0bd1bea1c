package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token of OAuth client credentials. It is renewed at half its life by the first who asks then; the others go on with
 * the old one, and so do all if the renewal fails, until it ends. Whoever finds no usable token waits for the one request that is
 * under way. Its life is counted from its arrival, so the clocks of both sides need not agree.
 */
final class AccessTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    /** A renewal that failed is not tried again by each of the next calls. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Transport transport;
    private final HttpRequest request;
    private final InstantSource clock;
    private @Nullable Token token;
    private @Nullable CompletableFuture<Token> underWay;
    private Instant notBefore = Instant.MIN;

    private record Token(Secret value, Instant renewAt, Instant endsAt) {}

    AccessTokens(Transport transport, URI base, ClientKeys keys, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
        request = HttpRequest.newBuilder(URI.create(base + "/v1/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("client_id=" + encoded(keys.id())
                        + "&client_secret=" + encoded(keys.secret().value())
                        + "&client_version=" + encoded(keys.version())
                        + "&grant_type=client_credentials"))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * @throws GatewayException {@code NOT_CONTACTED} also where only the token could not be had: what it was wanted for has not been
     *     sent; {@code AUTHENTICATION}
     */
    String current() throws GatewayException {
        return get(null);
    }

    /** Another one than the rejected one; asked for once, however many calls were rejected with it. */
    String insteadOf(String rejected) throws GatewayException {
        return get(rejected);
    }

    /** Whether there is one that can be used now. */
    synchronized boolean present() {
        return token != null && clock.instant().isBefore(token.endsAt());
    }

    private String get(@Nullable String rejected) throws GatewayException {
        CompletableFuture<Token> flight;
        Token old;
        synchronized (this) {
            Instant now = clock.instant();
            old = token == null || token.value().value().equals(rejected) || !now.isBefore(token.endsAt()) ? null : token;
            boolean young = old != null && (now.isBefore(old.renewAt()) || now.isBefore(notBefore));
            if (old != null && (young || underWay != null)) {
                return old.value().value();
            }
            if (underWay != null) {
                flight = underWay;
            } else {
                underWay = new CompletableFuture<>();
                flight = null;
            }
        }
        return flight == null ? renewed(old) : awaited(flight);
    }

    private String renewed(@Nullable Token old) throws GatewayException {
        Token fresh = null;
        GatewayException failure = null;
        try {
            fresh = fetched();
            return fresh.value().value();
        } catch (GatewayException e) {
            failure = e;
            if (old == null) {
                throw e;
            }
            LOG.warn("event=gateway_token_not_renewed gateway=phonepe reason=\"{}\"; the old one is used on", e.getMessage());
            return old.value().value();
        } finally {
            settle(fresh, failure);
        }
    }

    private void settle(@Nullable Token fresh, @Nullable GatewayException failure) {
        CompletableFuture<Token> flight;
        synchronized (this) {
            flight = underWay;
            underWay = null;
            if (fresh != null) {
                token = fresh;
                notBefore = Instant.MIN;
            } else {
                notBefore = clock.instant().plus(AFTER_FAILURE);
            }
        }
        if (flight == null) {
            return;
        }
        if (fresh != null) {
            flight.complete(fresh);
        } else {
            flight.completeExceptionally(failure != null ? failure : new IllegalStateException("no token"));
        }
    }

    private static String awaited(CompletableFuture<Token> flight) throws GatewayException {
        try {
            return flight.get().value().value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(Kind.NOT_CONTACTED, "", "interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GatewayException same) {
                throw new GatewayException(same.kind(), same.retry(), same.providerCode(), String.valueOf(same.getMessage()), same,
                        same.retryAfter().orElse(null));
            }
            throw new GatewayException(Kind.NOT_CONTACTED, "", "no access token", e);
        }
    }

    private Token fetched() throws GatewayException {
        Answer answer;
        try {
            answer = transport.send(request);
        } catch (GatewayException e) {
            throw new GatewayException(Kind.NOT_CONTACTED, "", "no access token: " + e.getMessage(), e);
        }
        if (!answer.ok()) {
            throw refusal(answer);
        }
        JsonNode json = answer.json().orElseThrow(() -> new GatewayException(Kind.NOT_CONTACTED, "no access token: unreadable answer"));
        String value = json.path("access_token").asText("");
        long seconds = lifetime(json);
        // It becomes part of a header.
        if (value.isEmpty() || value.length() > 8000 || value.chars().anyMatch(c -> c <= ' ' || c > '~') || seconds < 1) {
            throw new GatewayException(Kind.NOT_CONTACTED, "no access token: the answer has none that can be used");
        }
        Instant now = clock.instant();
        return new Token(new Secret(value), now.plusMillis(seconds * 500), now.plusSeconds(seconds));
    }

    /** A mistake in the credentials comes as 400 or 401; everything else may be over soon. */
    private static GatewayException refusal(Answer answer) {
        GatewayException meaning = Refusals.of(answer, Refusals.Purpose.MAKE);
        return switch (meaning.kind()) {
            case AUTHENTICATION, INVALID_REQUEST, FORBIDDEN -> new GatewayException(Kind.AUTHENTICATION, meaning.providerCode(),
                    "no access token: " + meaning.getMessage(), null);
            case CONFIGURATION, RATE_LIMITED -> meaning;
            default -> new GatewayException(Kind.NOT_CONTACTED, meaning.providerCode(), "no access token: " + meaning.getMessage(), null);
        };
    }

    private static long lifetime(JsonNode json) {
        long issued = json.path("issued_at").asLong(0);
        long ends = json.path("expires_at").asLong(0);
        long life = issued > 0 && ends > issued ? ends - issued : json.path("expires_in").asLong(0);
        return Math.min(life, Duration.ofDays(365).toSeconds());
    }
}
