package com.cloudnestle.marketplace.embedding;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns text into vectors so that texts of similar meaning lie close together. Register one as an OSGi service and
 * search solutions use it in place of their built-in model. Thread-safe; the same text always gives the same vector.
 */
@ConsumerType
public interface EmbeddingModel {

    /** Name and version for operators, e.g. {@code lsa-128}. */
    String name();

    /** Length of every vector, 1 to 1024; never changes. */
    int dimensions();

    /**
     * The vector of {@code text}: of length 1, or all zeros when the model can say nothing about the text.
     *
     * @param text plain text, at most a few thousand characters
     * @throws RuntimeException if the model cannot answer right now; callers go on without vectors
     */
    float[] embed(String text);
}
