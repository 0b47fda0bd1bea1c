package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.QuotaMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the engine does, and reports what it loses. */
final class Tally implements QuotaMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    final LongAdder allowed = new LongAdder();
    final LongAdder denied = new LongAdder();
    final LongAdder blocks = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder handedBack = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongSupplier liveBlocks;
    private final LongSupplier accounts;

    Tally(LongSupplier liveBlocks, LongSupplier accounts) {
        this.liveBlocks = liveBlocks;
        this.accounts = accounts;
    }

    enum Loss {
        UNKNOWN_OUTCOME,
        CAME_LATE,
        WINDOW_ENDED,
        STOP_FAILED,
        DATA_REPLACED;

        private final String text = name().toLowerCase(java.util.Locale.ROOT);
    }

    void lost(Account account, long units, Loss reason) {
        if (units > 0) {
            lost.add(units);
            LOG.warn("event=units_lost reason={} units={} solution={} action={}",
                    reason.text, units, account.id.solution, account.id.action);
        }
    }

    @Override
    public long decisions() {
        return allowed.sum() + denied.sum();
    }

    @Override
    public long denials() {
        return denied.sum();
    }

    @Override
    public long blocksTaken() {
        return blocks.sum();
    }

    @Override
    public long storeWrites() {
        return writes.sum();
    }

    @Override
    public long unitsHandedBack() {
        return handedBack.sum();
    }

    @Override
    public long unitsLost() {
        return lost.sum();
    }

    @Override
    public long liveBlocks() {
        return liveBlocks.getAsLong();
    }

    @Override
    public long accounts() {
        return accounts.getAsLong();
    }
}
