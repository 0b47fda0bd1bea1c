package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {

    private final WorkerThreads threads = new WorkerThreads();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.stop();
    }

    /** Work that tells when it has begun and goes on until the end of the test. */
    private void begin(AtomicInteger begun, CountDownLatch enough) {
        threads.execute(() -> {
            begun.incrementAndGet();
            enough.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void fewWorkAtFirstAndOneMoreEachTime() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(WorkerThreads.FIRST);
        CountDownLatch oneMore = new CountDownLatch(WorkerThreads.FIRST + 1);
        for (int i = 0; i < WorkerThreads.MOST; i++) {
            begin(begun, new CountDownLatch(0) {
                @Override
                public void countDown() {
                    first.countDown();
                    oneMore.countDown();
                }
            });
        }
        assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(WorkerThreads.FIRST);

        threads.oneMore();

        assertThat(oneMore.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(WorkerThreads.FIRST + 1);
    }

    @Test
    void inTheEndThereAreAsManyAsThereMayBe() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(WorkerThreads.MOST);
        for (int i = 0; i < 2 * WorkerThreads.MOST; i++) {
            threads.oneMore();
        }
        for (int i = 0; i < WorkerThreads.MOST + 1; i++) {
            begin(begun, all);
        }

        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(WorkerThreads.MOST);
    }
}
