package com.cloudnestle.marketplace.quota.internal;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Key;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of one counter. The volatile fields are read by every decision without a lock; the others, and every
 * write to the counter, need {@link #lock}.
 */
final class Account {

    /** Somebody else wrote to the counter: look before relying on anything. */
    static final int DOUBTFUL = 1;

    /** The data was replaced as a whole: forget everything. */
    static final int VOID = 2;

    final CounterKey id;
    final Key key;
    final Subject subject;
    final ReentrantLock lock = new ReentrantLock();

    /** Terms under which the subject may use the solution; null until they were looked up. */
    volatile @Nullable Terms terms;

    volatile @Nullable Block block;

    volatile @Nullable Refused refused;

    /** 0, {@link #DOUBTFUL} or {@link #VOID}. */
    final AtomicInteger doubt = new AtomicInteger();

    /** Times that units came back to the block, so that a refusal worked out meanwhile does not stay. */
    final AtomicInteger returns = new AtomicInteger();

    /** Units asked for by all who wait for the lock or hold it. */
    final AtomicLong wanted = new AtomicLong();

    /** Number of attempts to take a block so far; who came before a failed one shares its failure. */
    volatile int rounds;

    /** Windows whose customer was told that they are nearly used up; written under the lock. */
    volatile List<Warnings.Place> warned = List.of();

    /** Whether a warning waits to be told. */
    volatile boolean warning;

    /** Epoch millis of the last use that needed the lock. */
    volatile long usedAt;

    @Nullable CounterItem known;
    long knownAt;

    @Nullable Rest rest;

    /** Units the next block should have. */
    long target;

    /** Number of this node's last write that was applied. */
    long sequence = CounterItem.ABSENT;

    /**
     * Number of a write that was given up as refused though an earlier sending of it may be under way, {@link
     * CounterItem#ABSENT} if there is none. If it arrives before this node's next write, nobody has what it takes.
     */
    long stray = CounterItem.ABSENT;

    /** Units that write takes. */
    long strayUnits;

    /** The entitlement's rules that the counter was found to be ahead of, and since when (epoch millis). */
    @Nullable Rules aheadOf;

    long aheadSince;

    @Nullable RuntimeException failure;
    int failedRound = -1;

    /** No longer in the map; whoever still holds it must look again. */
    boolean evicted;

    /** What the sweeper saw last, to find out who is idle without a mark on every use. */
    @Nullable Block sweptBlock;
    long sweptLeft;
    long sweptAt;

    Account(CounterKey id, Subject subject, long target) {
        this.id = id;
        this.key = id.inStore();
        this.subject = subject;
        this.target = target;
    }

    /** Called from anywhere, also in the middle of a write: must not lock. */
    void doubt(int degree) {
        doubt.accumulateAndGet(degree, Math::max);
    }

    void strayed(long sequence, long units) {
        stray = sequence;
        strayUnits = units;
    }

    /** Units were put back into the block. */
    void returned() {
        returns.incrementAndGet();
        refused = null;
    }

    /**
     * A refusal that holds until further notice.
     *
     * @param units this many or more are refused
     * @param from epoch millis; before, the clock must have been set back
     * @param until epoch millis, exclusive
     */
    record Refused(Rules rules, long units, long from, long until, Denied answer) {
        boolean holds(Rules present, long asked, long now) {
            return rules == present && asked >= units && now >= from && now < until;
        }
    }
}
