package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

/**
 * A field of work; each has one data file of its own, {@code <id>.json}.
 *
 * @param id e.g. {@code storage}
 * @param label for people, e.g. {@code Storage and backup}
 */
public record Category(String id, String label) {}
