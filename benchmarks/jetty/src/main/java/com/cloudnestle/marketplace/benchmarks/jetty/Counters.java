package com.cloudnestle.marketplace.benchmarks.jetty;

/** Where a decision is counted. Thread-safe. */
interface Counters {

    /** Takes one unit of the token with this SHA-256 if its limit has room. */
    Verdict take(byte[] tokenHash) throws Exception;
}
