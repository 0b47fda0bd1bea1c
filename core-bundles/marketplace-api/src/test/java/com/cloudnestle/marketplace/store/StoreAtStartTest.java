package com.cloudnestle.marketplace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreAtStartTest {

    private final AtomicLong tries = new AtomicLong();
    private final AtomicLong pausedNanos = new AtomicLong();

    @Test
    void asksAgainUntilTheStoreAnswers() {
        assertThat(ask(5)).isEqualTo("answer");
        assertThat(tries).hasValue(5);
        assertThat(pausedNanos.get()).isPositive();
    }

    @Test
    void givesUpInTheEnd() {
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> ask(Long.MAX_VALUE)).withMessageStartingWith("down");
        assertThat(Duration.ofNanos(pausedNanos.get())).isCloseTo(StoreAtStart.PATIENCE, Duration.ofSeconds(1));
    }

    @Test
    void passesOnWhatIsNotTheStore() {
        assertThatIllegalStateException().isThrownBy(() -> StoreAtStart.ask(() -> {
            tries.incrementAndGet();
            throw new IllegalStateException("a mistake");
        }, pausedNanos::addAndGet));
        assertThat(tries).hasValue(1);
    }

    @Test
    void doesNotHoldUpAThreadThatIsToEnd() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> ask(2));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries).hasValue(1);
    }

    private String ask(long answersAt) {
        return StoreAtStart.ask(() -> {
            long n = tries.incrementAndGet();
            if (n < answersAt) {
                throw n % 2 == 0
                        ? new StoreException.Unavailable("down " + n)
                        : new StoreException.OutcomeUnknown("down " + n, new IOException("reset"));
            }
            return "answer";
        }, pausedNanos::addAndGet);
    }
}
