package com.cloudnestle.marketplace.exactness.schedule;

import java.util.EnumSet;
import java.util.Set;

/** What can happen to one store call. */
enum Fault {
    /** The call is answered. */
    NONE,
    /** Nothing is applied and the caller learns so. */
    REFUSED,
    /** Applied, but the caller only learns that the outcome is unknown. */
    REPLY_LOST,
    /** Not applied, and the caller only learns that the outcome is unknown. */
    REQUEST_LOST,
    /** The caller learns that the outcome is unknown; the request is still on its way and applied at some later step. */
    DELAYED,
    /** Applied and answered, and applied once more at some later step. */
    REPEATED,
    /** The node is gone before the call reaches the store. */
    CRASH_BEFORE,
    /** Applied, and the node is gone before it hears of it. */
    CRASH_AFTER;

    private static final Set<Fault> OF_READS = EnumSet.of(REFUSED, CRASH_BEFORE);

    static final Set<Fault> CRASHES = EnumSet.of(CRASH_BEFORE, CRASH_AFTER);
    /** What a network and a store do; a store that repeats single writes is listed on its own. */
    static final Set<Fault> NETWORK = EnumSet.of(REFUSED, REPLY_LOST, REQUEST_LOST, DELAYED);

    boolean crash() {
        return CRASHES.contains(this);
    }

    /** Whether the caller is left without knowing. */
    boolean unknown() {
        return this == REPLY_LOST || this == REQUEST_LOST || this == DELAYED;
    }

    /** A transaction carries a token that makes the store drop its repetition. */
    boolean possibleFor(Step step) {
        return switch (step.kind()) {
            case LOCAL -> false;
            case READ -> OF_READS.contains(this);
            case WRITE -> true;
            case TRANSACTION -> this != REPEATED;
        };
    }
}
