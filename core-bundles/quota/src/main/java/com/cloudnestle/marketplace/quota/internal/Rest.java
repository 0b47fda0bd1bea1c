package com.cloudnestle.marketplace.quota.internal;

/**
 * Units of a closed block that nobody took: still counted in the store, to be taken out of it again.
 *
 * @param units more than 0
 */
record Rest(Origin origin, long units) {}
