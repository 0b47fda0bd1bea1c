package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.gateway.phonepe.internal.Refusals.Purpose;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Calls of the API v1: documents in base64, each call signed with the salt key. */
final class SaltKeyApi {

    /** Nobody knows yet what became of it; the provider says so itself. */
    private static final Set<String> OPEN = Set.of("INTERNAL_SERVER_ERROR");
    private static final String SIGNATURE = "X-VERIFY";

    private final Transport transport;
    private final URI base;
    private final String merchantId;
    private final SaltKey salt;
    private final Repetition repetition;

    SaltKeyApi(Transport transport, URI base, String merchantId, SaltKey salt, Repetition repetition) {
        this.transport = transport;
        this.base = base;
        this.merchantId = merchantId;
        this.salt = salt;
        this.repetition = repetition;
    }

    /** The state of a payment or a refund, by our key; the answer's envelope. */
    JsonNode look(String key) throws GatewayException {
        String path = "/pg/v1/status/" + merchantId + "/" + Identity.key(key);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header(SIGNATURE, salt.signature(path))
                .header("X-MERCHANT-ID", merchantId)
                .header("Accept", "application/json")
                .GET().build();
        Answer answer = repetition.ask(() -> understood(transport.send(request), Purpose.LOOK));
        return envelope(answer, Purpose.LOOK);
    }

    JsonNode make(String path, ObjectNode document) throws GatewayException {
        String data = Base64.getEncoder().encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header(SIGNATURE, salt.signature(data + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(PhonePeApi.object().put("request", data).toString()))
                .build();
        return envelope(understood(transport.send(request), Purpose.MAKE), Purpose.MAKE);
    }

    private static Answer understood(Answer answer, Purpose purpose) throws GatewayException {
        if (!answer.ok()) {
            throw Refusals.of(answer, purpose);
        }
        return answer;
    }

    /** An envelope with a success and data, or with a code that is not final; errors also come with status 200. */
    private static JsonNode envelope(Answer answer, Purpose purpose) throws GatewayException {
        JsonNode envelope = answer.json()
                .orElseThrow(() -> new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer cannot be read"));
        if (envelope.path("data").isObject() && !envelope.path("data").isEmpty()) {
            return envelope;
        }
        if (OPEN.contains(answer.code()) || answer.code().isEmpty()) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, answer.code(), "the provider does not know yet", null);
        }
        throw Refusals.of(new Answer(400, answer.body(), answer.retryAfter()), purpose);
    }
}
