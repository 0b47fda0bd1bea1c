package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

/**
 * A stretch of a text.
 *
 * @param start first UTF-16 unit
 * @param end one past the last
 */
public record Span(int start, int end) {}
