package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.gateway.phonepe.internal.Refusals.Purpose;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Calls of the API v2, with the access token. */
final class PhonePeApi {

    private static final int UNAUTHORIZED = 401;

    private final Transport transport;
    private final URI base;
    private final AccessTokens tokens;
    private final Repetition repetition;

    PhonePeApi(Transport transport, URI base, AccessTokens tokens, Repetition repetition) {
        this.transport = transport;
        this.base = base;
        this.tokens = tokens;
        this.repetition = repetition;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Asks, several times if need be. */
    JsonNode look(String path) throws GatewayException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).GET();
        return document(repetition.ask(() -> accepted(request, Purpose.LOOK)));
    }

    /** Tells the provider to do something; once. */
    JsonNode make(String path, ObjectNode body) throws GatewayException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        return document(accepted(request, Purpose.MAKE));
    }

    /** The same, where the answer has no body. */
    void make(String path) throws GatewayException {
        accepted(HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.noBody()), Purpose.MAKE);
    }

    private Answer accepted(HttpRequest.Builder request, Purpose purpose) throws GatewayException {
        request.setHeader("Accept", "application/json");
        String token = tokens.current();
        Answer answer = send(request, token);
        if (answer.status() == UNAUTHORIZED) { // the call was not let in, so nothing was done
            answer = send(request, tokens.insteadOf(token));
        }
        if (!answer.ok()) {
            throw Refusals.of(answer, purpose);
        }
        return answer;
    }

    private Answer send(HttpRequest.Builder request, String token) throws GatewayException {
        return transport.send(request.setHeader("Authorization", "O-Bearer " + token).build());
    }

    private static JsonNode document(Answer answer) throws GatewayException {
        return answer.json().orElseThrow(() -> new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer cannot be read"));
    }
}
