package com.cloudnestle.marketplace.quota;

import org.osgi.annotation.versioning.ProviderType;

/** What this process has counted since its start. Each number may be some calls behind the others. Thread-safe. */
@ProviderType
public interface QuotaMetrics {

    /** Answers given, refusals included, checks and replays not. */
    long decisions();

    /** Refusals among them. */
    long denials();

    /** Times units were taken from the store, each for one or many decisions. */
    long blocksTaken();

    /** Writes sent to the store for counters; a transaction is one. */
    long storeWrites();

    /** Units counted ahead and returned to the store unused. */
    long unitsHandedBack();

    /** Units counted that nobody got and that did not come back in time. */
    long unitsLost();

    /** Counters that have units at hand now. */
    long liveBlocks();

    /** Counters kept in memory now. */
    long accounts();
}
