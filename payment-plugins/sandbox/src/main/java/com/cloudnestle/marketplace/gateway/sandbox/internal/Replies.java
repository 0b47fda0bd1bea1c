package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.gateway.sandbox.internal.Line.Answer;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Line.Question;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the provider, and says what it means if there is no sound answer. */
final class Replies {

    private final Line line;

    Replies(Line line) {
        this.line = line;
    }

    /** The document of an answer that says yes, or that there is such an order already. */
    Reply ask(Question question) throws GatewayException {
        try {
            return understood(line.ask(question));
        } catch (ConnectException e) {
            throw new GatewayException(Kind.NOT_CONTACTED, "", "the provider could not be reached", null);
        } catch (IOException e) {
            throw unknown("the connection ended without an answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted while waiting for an answer");
        }
    }

    /** @param duplicate whether the provider had something under the key already */
    record Reply(JsonNode document, boolean duplicate) {}

    private static Reply understood(Answer answer) throws GatewayException {
        int status = answer.status();
        if (status != 200 && status != 409) {
            throw refused(status, answer);
        }
        JsonNode document = document(answer.body());
        if (document == null || !document.isObject()) {
            throw unknown("the answer with status " + status + " is no document");
        }
        if (status == 409 && !document.has("id")) {
            throw new GatewayException(Kind.DUPLICATE, code(document), "the key was used for something else", null);
        }
        return new Reply(document, status == 409);
    }

    private static GatewayException refused(int status, Answer answer) {
        JsonNode document = document(answer.body());
        String code = document == null ? "" : code(document);
        if (status == 429) {
            return new GatewayException(Kind.RATE_LIMITED, GatewayException.Retry.SAME_KEY, code, "too many calls", null,
                    seconds(answer.retryAfter()));
        }
        if (status < 400 || status >= 500) {
            return unknown("the provider answered with status " + status);
        }
        Kind kind = switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            default -> code.equals("REFUND_TOO_LARGE") ? Kind.LIMIT : Kind.INVALID_REQUEST;
        };
        return new GatewayException(kind, code, "the provider refused with status " + status, null);
    }

    private static @Nullable Duration seconds(Optional<String> retryAfter) {
        return retryAfter.filter(value -> value.matches("[0-9]{1,5}")).map(Long::parseLong).map(Duration::ofSeconds).orElse(null);
    }

    private static GatewayException unknown(String message) {
        return new GatewayException(Kind.OUTCOME_UNKNOWN, "", message, null);
    }

    private static @Nullable JsonNode document(byte[] body) {
        try {
            return Desk.JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private static String code(JsonNode document) {
        String code = document.path("code").asText();
        return code.matches("[A-Z_]{1,40}") ? code : "";
    }
}
