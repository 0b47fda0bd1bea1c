package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepetitionTest { // 42

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Repetition repetition = new Repetition(Duration.ofSeconds(10), pause -> {
        pauses.add(pause);
        nanos.addAndGet(pause.toNanos());
    }, nanos::get);

    private GatewayException failing(GatewayException failure) {
        return catchThrowableOfType(GatewayException.class, () -> repetition.ask(() -> {
            asked.incrementAndGet();
            throw failure;
        }));
    }

    @Test
    void aQuestionIsAskedThreeTimesWithGrowingPauses() {
        GatewayException failure = failing(new GatewayException(Kind.OUTCOME_UNKNOWN, "status 500"));

        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(asked.get()).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void anAnswerEndsIt() throws GatewayException {
        Answer answer = repetition.ask(() -> {
            if (asked.incrementAndGet() < 3) {
                throw new GatewayException(Kind.NOT_CONTACTED, "nobody there");
            }
            return new Answer(200, "{}", Optional.empty());
        });

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void whatWillNotPassIsNotAskedAgain() {
        for (Kind kind : List.of(Kind.NOT_FOUND, Kind.AUTHENTICATION, Kind.MISMATCH, Kind.INVALID_REQUEST)) {
            asked.set(0);
            failing(new GatewayException(kind, "no"));
            assertThat(asked.get()).as("%s", kind).isEqualTo(1);
        }
    }

    @Test
    void thePauseThatTheProviderAsksForIsKeptIfItIsShort() {
        failing(limited(Duration.ofSeconds(2)));

        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void aLongPauseIsLeftToTheCaller() {
        GatewayException failure = failing(limited(Duration.ofSeconds(7)));

        assertThat(asked.get()).isEqualTo(1);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void nothingIsAskedAfterTheDeadline() {
        catchThrowableOfType(GatewayException.class, () -> repetition.ask(() -> {
            asked.incrementAndGet();
            nanos.addAndGet(Duration.ofSeconds(6).toNanos());
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "slow");
        }));

        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void anInterruptEndsIt() {
        Repetition interrupted = new Repetition(Duration.ofSeconds(10), pause -> {
            throw new InterruptedException();
        }, nanos::get);

        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> interrupted.ask(() -> {
            asked.incrementAndGet();
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "status 500");
        }));

        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(asked.get()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static GatewayException limited(Duration wait) {
        return new GatewayException(Kind.RATE_LIMITED, Retry.SAME_KEY, "", "status 429", null, wait);
    }
}
