package com.cloudnestle.marketplace.benchmarks.jetty;

/**
 * What a counter says to one more unit.
 *
 * @param known whether there is such a token
 * @param taken whether the unit was taken
 * @param used units used, this one included if it was taken
 */
record Verdict(boolean known, boolean taken, long used, long limit) {

    static final Verdict UNKNOWN = new Verdict(false, false, 0, 0);
}
