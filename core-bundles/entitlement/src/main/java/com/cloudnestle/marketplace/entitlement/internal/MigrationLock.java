package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Keeps a second migration from running meanwhile. It only saves work: every single upgrade is safe by itself, so nothing goes
 * wrong where a clock that is off lets two run at once.
 */
final class MigrationLock implements AutoCloseable {

    /** A run that has not said for so long that it goes on is taken for dead. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String OWNER = "owner";
    private static final String UNTIL = "until";

    private final Store store;
    private final InstantSource clock;
    private final String owner = UUID.randomUUID().toString();
    private Instant until = Instant.MIN;

    private MigrationLock(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @throws MarketplaceException {@code conflict} if another run has it */
    static MigrationLock take(Store store, InstantSource clock) {
        MigrationLock lock = new MigrationLock(store, clock);
        Condition free =
                Condition.any(Condition.itemAbsent(), Condition.less(UNTIL, clock.instant().toEpochMilli()));
        if (!store.update(LegacyKeys.LOCK, lock.held(), free).applied()) {
            throw new MarketplaceException(Problem.CONFLICT, "A migration is under way already, here or on another node; one"
                    + " that was cut off is taken for dead after " + LEASE.toMinutes() + " minutes.");
        }
        return lock;
    }

    /** @throws MarketplaceException {@code conflict} if another run took over */
    void renewIfDue() {
        if (clock.instant().isAfter(until.minus(LEASE.dividedBy(2)))) {
            require(store.update(LegacyKeys.LOCK, held(), mine()).applied());
        }
    }

    /** Writes and renews in one, so that a run that lost the lock writes nothing; errors as {@link #renewIfDue}. */
    void keepWith(Write write) {
        require(store.transact(List.of(new Write.Change(LegacyKeys.LOCK, held(), mine()), write)).applied());
    }

    @Override
    public void close() {
        store.delete(LegacyKeys.LOCK, mine());
    }

    private static void require(boolean kept) {
        if (!kept) {
            throw new MarketplaceException(Problem.CONFLICT, "Another migration took over; this one has stopped.");
        }
    }

    private Condition mine() {
        return Condition.equal(OWNER, owner);
    }

    private Update held() {
        until = clock.instant().plus(LEASE);
        return Update.builder().set(OWNER, owner).set(UNTIL, until.toEpochMilli()).build();
    }
}
