package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON reader and writer of the servlets: bounded, and strict where leniency would hide a caller's mistake. */
public final class Json {

    /** Deepest nesting that is read. */
    public static final int MAX_NESTING = 32;

    /** Duplicate keys are refused: two readers could otherwise understand one request differently. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(40)
                    .maxStringLength(Bodies.MAX_BYTES)
                    .build())
            .build();

    private Json() {}

    /** Writes one JSON text to memory. */
    public static byte[] write(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }

    /** What is wrong with a body, in our words: the parser's own text names classes and repeats input. */
    public static MarketplaceException malformed(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "nested deeper than " + MAX_NESTING + " levels, or a number is too long"
                : e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate")
                        ? "the same key stands twice in one object"
                        : "not valid JSON";
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
        return new MarketplaceException(Problem.MALFORMED_JSON, "The body cannot be read: " + what + where + ".");
    }

    /** Writes the content of one JSON text. */
    @FunctionalInterface
    public interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
