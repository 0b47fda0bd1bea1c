package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.internal.http.Bodies;
import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.cloudnestle.marketplace.rest.internal.wire.TokenRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the body of a call that may come without one. JAX-RS asks for a media type even of a body that is not there, so
 * these calls take the stream and read it here, under the rules of all other bodies.
 */
final class OptionalBody {

    private static final ObjectReader TOKEN_REQUEST = JsonMapper.builder(Json.FACTORY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, config -> config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build()
            .readerFor(TokenRequest.class);

    private OptionalBody() {}

    static TokenRequest tokenRequest(InputStream body) throws IOException {
        byte[] bytes = Bodies.bounded(body);
        if (bytes.length == 0) {
            return TokenRequest.EMPTY;
        }
        try {
            TokenRequest request = TOKEN_REQUEST.readValue(bytes);
            return request == null ? TokenRequest.EMPTY : request;
        } catch (MismatchedInputException e) {
            throw MarketplaceException.invalid(field(e.getPath()), "has the wrong type");
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        }
    }

    private static String field(List<JsonMappingException.Reference> path) {
        return path.isEmpty() || path.get(0).getFieldName() == null ? "body" : path.get(0).getFieldName();
    }
}
