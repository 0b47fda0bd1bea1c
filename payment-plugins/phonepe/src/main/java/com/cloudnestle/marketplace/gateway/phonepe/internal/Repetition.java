package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Asks a question again when the answer failed to come, with growing pauses and until a deadline. Only for questions: whatever moves
 * money is asked for once.
 */
final class Repetition {

    private static final Set<Kind> PASSING = Set.of(Kind.OUTCOME_UNKNOWN, Kind.NOT_CONTACTED, Kind.RATE_LIMITED);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    /** Whoever is asked to wait longer comes back another time: threads are not for waiting. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 3;

    private final Duration deadline;
    private final Pause pause;
    private final LongSupplier nanos;

    Repetition(Duration deadline) {
        this(deadline, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()), System::nanoTime);
    }

    Repetition(Duration deadline, Pause pause, LongSupplier nanos) {
        this.deadline = deadline;
        this.pause = pause;
        this.nanos = nanos;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    /** Asks once. */
    @FunctionalInterface
    interface Question {
        Answer ask() throws GatewayException;
    }

    /** @throws GatewayException that of the last attempt */
    Answer ask(Question question) throws GatewayException {
        long begin = nanos.getAsLong();
        Duration next = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return question.ask();
            } catch (GatewayException e) {
                Duration wait = e.retryAfter().filter(asked -> asked.compareTo(FIRST_PAUSE) > 0).orElse(next);
                Duration passed = Duration.ofNanos(nanos.getAsLong() - begin);
                if (attempt == ATTEMPTS || !PASSING.contains(e.kind()) || wait.compareTo(LONGEST_PAUSE) > 0
                        || passed.plus(wait).compareTo(deadline) >= 0 || !paused(wait)) {
                    throw e;
                }
                next = next.multipliedBy(2);
            }
        }
    }

    private boolean paused(Duration duration) {
        try {
            pause.pause(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
