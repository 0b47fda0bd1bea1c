package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.internal.Wire.Reply;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Razorpay's REST API with one account's key. What only reads is asked again after a moment where that can help; what does
 * something is sent once.
 */
final class RazorpayApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RazorpayApi.class);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final AccountSettings settings;
    private final Wire wire;
    private final Pause pause;
    private final LongSupplier nanos;
    private final String authorization;
    private volatile Verdict last = Verdict.NONE;

    RazorpayApi(AccountSettings settings) {
        this(settings, new Wire(settings.connectPatience()), Pause.SLEEPING, System::nanoTime);
    }

    RazorpayApi(AccountSettings settings, Wire wire, Pause pause, LongSupplier nanos) {
        this.settings = settings;
        this.wire = wire;
        this.pause = pause;
        this.nanos = nanos;
        String pair = settings.keyId() + ":" + settings.keySecret().value();
        authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @param path below {@code /v1}, of checked parts */
    Entity get(String path, Map<String, String> query) throws GatewayException {
        return get(path, query, settings.patience());
    }

    /** @param patience for all tries together */
    private Entity get(String path, Map<String, String> query, Duration patience) throws GatewayException {
        long end = nanos.getAsLong() + patience.toNanos();
        for (int attempt = 1;; attempt++) {
            try {
                return exchange(request("GET", path, query, ""), path, Duration.ofNanos(end - nanos.getAsLong()));
            } catch (GatewayException e) {
                Duration wait = e.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << attempt - 1));
                boolean passing = e.kind() == Kind.RATE_LIMITED || e.kind() == Kind.OUTCOME_UNKNOWN || e.kind() == Kind.NOT_CONTACTED;
                if (!passing || attempt == TRIES || end - nanos.getAsLong() <= wait.toNanos() || !pause.pause(wait)) {
                    throw e;
                }
            }
        }
    }

    Entity post(String path, ObjectNode body) throws GatewayException {
        return exchange(request("POST", path, Map.of(), Entity.write(body)), path, settings.patience());
    }

    /** The same key gives the same refund, whatever became of the first request. */
    Entity refund(String paymentId, String idempotencyKey, ObjectNode body) throws GatewayException {
        return once("/payments/" + paymentId + "/refund", "X-Refund-Idempotency", idempotencyKey, body);
    }

    /** The same key gives the same payout, whatever became of the first request. */
    Entity payout(String idempotencyKey, ObjectNode body) throws GatewayException {
        return once("/payouts", "X-Payout-Idempotency", idempotencyKey, body);
    }

    private Entity once(String path, String header, String key, ObjectNode body) throws GatewayException {
        HttpRequest request = HttpRequest.newBuilder(request("POST", path, Map.of(), Entity.write(body)), (name, value) -> true)
                .header(header, key).build();
        return exchange(request, path, settings.patience());
    }

    private HttpRequest request(String method, String path, Map<String, String> query, String body) {
        String question = query.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(settings.api() + "/v1" + path + (question.isEmpty() ? "" : "?" + question)))
                .header("Authorization", authorization).header("Accept", "application/json");
        if (!body.isEmpty()) {
            builder.header("Content-Type", "application/json");
        }
        return builder.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
    }

    private Entity exchange(HttpRequest request, String path, Duration patience) throws GatewayException {
        long began = nanos.getAsLong();
        try {
            Reply reply = wire.exchange(request, patience);
            Entity answer = answer(reply);
            last = new Verdict(true, nanos.getAsLong(), "");
            LOG.debug("event=razorpay_called gateway={} method={} path={} status={} took_ms={}", settings.gateway(), request.method(),
                    path, reply.status(), Duration.ofNanos(nanos.getAsLong() - began).toMillis());
            return answer;
        } catch (GatewayException e) {
            boolean reachable = e.kind() != Kind.AUTHENTICATION && e.kind() != Kind.NOT_CONTACTED && e.kind() != Kind.CONFIGURATION
                    && e.kind() != Kind.OUTCOME_UNKNOWN && e.kind() != Kind.RATE_LIMITED;
            last = new Verdict(reachable, nanos.getAsLong(), reachable ? "" : e.kind() + ": " + e.getMessage());
            LOG.info("event=razorpay_call_failed gateway={} method={} path={} kind={} problem=\"{}\" took_ms={}", settings.gateway(),
                    request.method(), path, e.kind(), e.getMessage(), Duration.ofNanos(nanos.getAsLong() - began).toMillis());
            throw e;
        }
    }

    private static Entity answer(Reply reply) throws GatewayException {
        if (reply.status() < 200 || reply.status() > 299) {
            throw ApiErrors.of(reply);
        }
        return Entity.parse(reply.body()).orElseThrow(
                () -> new GatewayException(Kind.OUTCOME_UNKNOWN, "status " + reply.status() + " with something that is no answer of Razorpay"));
    }

    /** What the latest exchange told of key and connection. */
    Verdict last() {
        return last;
    }

    /** Asks for something small, once. */
    Verdict probe(Duration patience) {
        try {
            exchange(request("GET", "/orders", Map.of("count", "1"), ""), "/orders", patience);
        } catch (GatewayException e) {
            LOG.debug("event=razorpay_probe_failed gateway={} kind={}", settings.gateway(), e.kind()); // remembered by the exchange
        }
        return last;
    }

    @Override
    public void close() {
        wire.close();
    }

    /** @param nanos when, on the clock of durations */
    record Verdict(boolean good, long nanos, String problem) {
        static final Verdict NONE = new Verdict(false, 0, "Razorpay was not asked yet");
    }

    /** Lets time pass. */
    interface Pause {

        Pause SLEEPING = wait -> {
            try {
                Thread.sleep(wait.toMillis());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };

        /** Whether it passed. */
        boolean pause(Duration wait);
    }
}
