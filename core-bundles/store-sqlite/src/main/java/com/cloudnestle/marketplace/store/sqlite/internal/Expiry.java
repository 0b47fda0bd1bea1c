package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Table;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Deletes what has long expired, a little at a time, along with writes that happen anyway. Used by the leading thread
 * only. Waits an hour after the expiry, so that a clock which is set back a little brings nothing back half-deleted.
 */
final class Expiry {

    static final long GRACE_SECONDS = 3600;
    static final long PAUSE_SECONDS = 60;
    static final int MAX_DELETED = 500;

    private final InstantSource clock;
    private long lastRun = Long.MIN_VALUE;

    Expiry(InstantSource clock) {
        this.clock = clock;
    }

    /** Deletes up to {@link #MAX_DELETED} items in the open transaction if it is time; returns whether it did. */
    boolean reclaim(Rows rows) throws SQLException {
        long now = clock.instant().getEpochSecond();
        if (lastRun != Long.MIN_VALUE && now >= lastRun && now - lastRun < PAUSE_SECONDS) {
            return false;
        }
        int left = MAX_DELETED;
        for (Table table : Table.all()) {
            left -= left == 0 ? 0 : rows.deleteExpired(table, now - GRACE_SECONDS, left);
        }
        if (left > 0) {
            lastRun = now; // All gone; otherwise the next group goes on.
        }
        return left < MAX_DELETED;
    }
}
