package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Hold;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A hold in the hands of the one who made it or looked it up. */
final class StoredHold implements Hold {

    private final Holds holds;
    private final HoldItem item;
    private final Consumer<StoredHold> onEnd;
    private @Nullable Long settledWith;
    private @Nullable Decision settled;
    private boolean ended;

    /** @param onEnd called once it has ended through this object */
    StoredHold(Holds holds, HoldItem item, Consumer<StoredHold> onEnd) {
        this.holds = holds;
        this.item = item;
        this.onEnd = onEnd;
    }

    @Override
    public String id() {
        return item.id();
    }

    @Override
    public long units() {
        return item.units();
    }

    @Override
    public Instant expiresAt() {
        return item.expiresAt();
    }

    @Override
    public synchronized Decision settle(long used) {
        if (used < 0 || used > AccessRequest.MAX_UNITS) {
            throw MarketplaceException.invalid("used", "must be 0 to " + AccessRequest.MAX_UNITS);
        }
        if (settled != null && settledWith != null && settledWith == used) {
            return settled;
        }
        if (ended) {
            throw Holds.ended(item);
        }
        Decision decision = holds.settle(item, used);
        if (decision instanceof Allowed) {
            settled = decision;
            settledWith = used;
            end();
        }
        return decision;
    }

    @Override
    public synchronized void release() {
        if (!ended) {
            holds.release(item);
            end();
        }
    }

    private void end() {
        ended = true;
        onEnd.accept(this);
    }
}
