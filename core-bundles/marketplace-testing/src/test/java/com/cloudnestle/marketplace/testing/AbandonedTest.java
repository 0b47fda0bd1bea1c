package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AbandonedTest {

    @Test
    void aCallThatHangsIsInterruptedOnceItHasArrived() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean arrived = new AtomicBoolean();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> Abandoned.once(arrived::get, () -> {
            arrived.set(true);
            never.await();
            return "answered";
        }));
    }

    @Test
    void aCallThatEndsBeforeItArrivesIsNotDisturbed() throws Exception {
        assertThat(Abandoned.<String, Exception>once(() -> false, () -> "answered")).isEqualTo("answered");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Abandoned.once(() -> false, () -> {
            throw new IOException("refused");
        })).withMessage("refused");
    }

    @Test
    void aDefectIsToldAsOne() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Abandoned.once(() -> false, () -> {
            throw new IllegalStateException("broken");
        })).withMessageContaining("broken");
    }
}
