package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.rest.internal.decision.DecisionRequest.VisitorClaim;
import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link DecisionRequest} token by token, without a tree or reflection: this runs on every call of every remote
 * solution. Fields it does not know, and {@code user_id} of older clients, are passed over.
 */
final class DecisionReader {

    private @Nullable String token;
    private @Nullable String solutionId;
    private @Nullable String userEmail;
    private @Nullable String customerId;
    private @Nullable String action;
    private boolean checkOnly;
    private long units = 1;
    private @Nullable String idempotencyKey;
    private @Nullable VisitorClaim anonymous;

    private DecisionReader() {}

    /**
     * @throws MarketplaceException {@code malformed-json} (400), {@code invalid-field} (422) naming the field of a wrong type
     */
    static DecisionRequest read(byte[] body) {
        DecisionReader reader = new DecisionReader();
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            reader.document(json);
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw notUnicode(e);
        }
        return new DecisionRequest(reader.token, reader.solutionId, reader.userEmail, reader.customerId, reader.action,
                reader.checkOnly, reader.units, reader.idempotencyKey, reader.anonymous);
    }

    private static RuntimeException notUnicode(IOException e) {
        return e instanceof java.io.CharConversionException
                ? new MarketplaceException(Problem.MALFORMED_JSON, "The body cannot be read: it is not valid UTF-8.")
                : new UncheckedIOException(e); // memory does not fail
    }

    private void document(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw MarketplaceException.invalid("body", "must be a JSON object");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            field(json, name);
        }
        if (json.nextToken() != null) {
            throw new MarketplaceException(Problem.MALFORMED_JSON, "The body cannot be read: something follows the object.");
        }
    }

    private void field(JsonParser json, String name) throws IOException {
        switch (name) {
            case "token" -> token = text(json, name);
            case "solution_id" -> solutionId = text(json, name);
            case "user_email" -> userEmail = text(json, name);
            case "customer_id" -> customerId = text(json, name);
            case "action" -> action = text(json, name);
            case "idempotency_key" -> idempotencyKey = text(json, name);
            case "check_only" -> checkOnly = flag(json, name);
            case "units" -> units = units(json, name);
            case "anonymous" -> anonymous = visitor(json);
            default -> json.skipChildren();
        }
    }

    private static @Nullable VisitorClaim visitor(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw MarketplaceException.invalid("anonymous", "must be an object with ip and device_id");
        }
        String ip = null;
        String device = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("ip")) {
                ip = text(json, "anonymous.ip");
            } else if (name.equals("device_id")) {
                device = text(json, "anonymous.device_id");
            } else {
                json.skipChildren();
            }
        }
        return new VisitorClaim(ip, device);
    }

    private static @Nullable String text(JsonParser json, String name) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getText();
            default -> throw MarketplaceException.invalid(name, "must be a string");
        };
    }

    private static boolean flag(JsonParser json, String name) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw MarketplaceException.invalid(name, "must be true or false");
        };
    }

    private static long units(JsonParser json, String name) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return 1;
        }
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw MarketplaceException.invalid(name, "must be a whole number");
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw MarketplaceException.invalid(name, "must be 1 to " + AccessRequest.MAX_UNITS);
        }
        return json.getLongValue();
    }
}
