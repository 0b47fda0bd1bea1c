package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says in our own words what Jackson found wrong. Its own messages name classes, so none of them is passed on.
 */
final class JsonFailures {

    private JsonFailures() {}

    /** What to answer; empty if the failure is not the caller's but a bug, e.g. an answer that cannot be written. */
    static Optional<MarketplaceException> explain(JacksonException failure) {
        MarketplaceException own = cause(failure, MarketplaceException.class);
        if (own != null) { // thrown by the constructor of a request record
            return Optional.of(own);
        }
        if (failure instanceof InvalidDefinitionException) {
            return Optional.empty();
        }
        if (cause(failure, InputCoercionException.class) != null) {
            return Optional.of(MarketplaceException.invalid(field(failure), "is a number too large or too small"));
        }
        StreamConstraintsException beyondLimits = cause(failure, StreamConstraintsException.class);
        if (beyondLimits != null) {
            return Optional.of(malformed("The body is nested deeper than " + JsonProvider.MAX_DEPTH
                    + " levels, or a name or number in it is too long", beyondLimits));
        }
        StreamReadException unreadable = cause(failure, StreamReadException.class);
        if (unreadable != null) {
            boolean twice = String.valueOf(unreadable.getOriginalMessage()).startsWith("Duplicate");
            return Optional.of(malformed(
                    twice ? "A field appears twice in the same object" : "The body is not well-formed JSON", unreadable));
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return Optional.of(mismatched(mismatch));
        }
        return failure instanceof JsonMappingException mapping && fromInput(mapping)
                ? Optional.of(MarketplaceException.invalid(field(mapping), "is not acceptable"))
                : Optional.empty();
    }

    /** Only reading knows a place in the input; while an answer is written there is none. */
    private static boolean fromInput(JsonMappingException failure) {
        return failure.getProcessor() instanceof JsonParser;
    }

    private static MarketplaceException malformed(String what, JacksonException failure) {
        return new MarketplaceException(Problem.MALFORMED_JSON, what + at(failure.getLocation()) + ".", failure);
    }

    private static MarketplaceException mismatched(MismatchedInputException failure) {
        if (String.valueOf(failure.getOriginalMessage()).startsWith("Trailing token")) {
            return malformed("There is more after the JSON value", failure);
        }
        return MarketplaceException.invalid(field(failure), "must be " + expected(failure.getTargetType()));
    }

    private static String at(@Nullable JsonLocation place) {
        return place == null || place.getLineNr() < 1
                ? ""
                : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    /** The way to the field, e.g. {@code filters.kind[0]}; {@code body} for the value as a whole. */
    private static String field(JacksonException failure) {
        List<JsonMappingException.Reference> path =
                failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field.isEmpty() ? "body" : field.toString();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of the documented values";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "of another form";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        Throwable t = failure;
        for (int depth = 0; t != null && depth < 20; depth++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            t = t.getCause();
        }
        return null;
    }
}
