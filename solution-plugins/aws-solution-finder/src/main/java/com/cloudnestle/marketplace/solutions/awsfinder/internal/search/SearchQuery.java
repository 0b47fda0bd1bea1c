package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

/**
 * @param text plain text; nothing in it is syntax
 * @param limit most results wanted, at least 1
 */
public record SearchQuery(String text, int limit, Filters filters) {}
