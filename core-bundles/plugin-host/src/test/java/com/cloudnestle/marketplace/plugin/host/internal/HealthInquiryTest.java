package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HealthInquiryTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final SolutionHealth SILENT = SolutionHealth.failing("no answer within 120 s");
    private static final Duration END_OF_PAUSE = LONG.plus(HealthInquiry.PAUSE);

    /** Stands still but for {@link #askInVain}, so that a slow machine changes nothing. */
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong step = new AtomicLong();

    private final AtomicInteger calls = new AtomicInteger();
    private final LinkedBlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** A solution whose health takes until it is released, unless it is interrupted. */
    private final Supplier<SolutionHealth> hanging = () -> {
        try {
            released.await();
            return SolutionHealth.healthy("released");
        } catch (InterruptedException e) {
            return SolutionHealth.failing("interrupted");
        }
    };

    /** One that does not care for interrupts. */
    private final Supplier<SolutionHealth> stubborn = () -> {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // that is the bug
            }
        }
        return SolutionHealth.healthy("released");
    };

    private HealthInquiry inquiry(Duration patience, Supplier<SolutionHealth> health) {
        return inquiry(patience, health, () -> nanos.getAndAdd(step.get()));
    }

    /** Asks with a patience that is over at the next look at the clock; gives back the thread in which the solution was asked. */
    private Thread askInVain(HealthInquiry inquiry) throws InterruptedException {
        step.set(LONG.toNanos());
        assertThat(inquiry.ask()).isEqualTo(SILENT);
        step.set(0);
        return askedThread();
    }

    private HealthInquiry inquiry(Duration patience, Supplier<SolutionHealth> health, LongSupplier clock) {
        Solution solution = new Solution() {
            @Override
            public SolutionDescriptor descriptor() {
                return SolutionDescriptor.of("text", "Text", "", "count");
            }

            @Override
            public SolutionHealth health() {
                calls.incrementAndGet();
                asked.add(Thread.currentThread());
                return health.get();
            }
        };
        return new HealthInquiry("text", solution, patience, clock);
    }

    private Thread askedThread() throws InterruptedException {
        return Objects.requireNonNull(asked.poll(60, TimeUnit.SECONDS), "it was not asked");
    }

    private static boolean ended(Thread thread) throws InterruptedException {
        thread.join(60_000);
        return !thread.isAlive();
    }

    @Test
    void passesOnWhatTheSolutionSays() {
        AtomicInteger documents = new AtomicInteger();
        HealthInquiry inquiry = inquiry(LONG, () -> SolutionHealth.healthy(documents.incrementAndGet() + " documents"));

        assertThat(inquiry.ask()).isEqualTo(SolutionHealth.healthy("1 documents"));
        assertThat(inquiry.ask()).isEqualTo(SolutionHealth.healthy("2 documents"));
    }

    @Test
    void namesWhatASolutionThrewAndThatItGaveNull() {
        assertThat(inquiry(LONG, () -> { throw new IllegalStateException("no index"); }).ask().message()).contains("no index");
        assertThat(inquiry(LONG, () -> { throw new AssertionError("odd"); }).ask().message()).contains("odd");
        assertThat(inquiry(LONG, () -> null).ask().message()).contains("null");
    }

    @Test
    void endsACallThatGivesNoAnswer() throws Exception {
        assertThat(inquiry(SHORT, hanging).ask()).isEqualTo(SolutionHealth.failing("no answer within 50 ms"));
        assertThat(ended(askedThread())).as("it was interrupted").isTrue();
    }

    @Test
    void asksOnceHoweverManyWantToKnow() throws Exception {
        CountDownLatch waiting = new CountDownLatch(9); // the call looks at the clock when it begins, and each who waits for it
        HealthInquiry inquiry = inquiry(LONG, hanging, () -> {
            waiting.countDown();
            return 0;
        });
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<SolutionHealth>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(inquiry::ask));
            }
            waiting.await();
            released.countDown();
            for (Future<SolutionHealth> answer : answers) {
                assertThat(answer.get()).isEqualTo(SolutionHealth.healthy("released"));
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void doesNotAskAgainWhileACallHangs() throws Exception {
        HealthInquiry inquiry = inquiry(LONG, stubborn);
        Thread thread = askInVain(inquiry);
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        for (int i = 0; i < 1_000; i++) {
            assertThat(inquiry.ask()).isEqualTo(SILENT);
        }
        assertThat(calls).hasValue(1);

        released.countDown();
        assertThat(ended(thread)).isTrue();
        assertThat(inquiry.ask()).as("it came back").isEqualTo(SolutionHealth.healthy("released"));
        assertThat(calls).hasValue(2);
    }

    @Test
    void leavesASilentSolutionAloneForAWhile() throws Exception {
        HealthInquiry inquiry = inquiry(LONG, hanging);
        assertThat(ended(askInVain(inquiry))).isTrue();
        released.countDown();

        nanos.set(END_OF_PAUSE.toNanos() - 1);
        assertThat(inquiry.ask()).as("answered at once").isEqualTo(SILENT);
        assertThat(calls).hasValue(1);

        nanos.set(END_OF_PAUSE.toNanos());
        assertThat(inquiry.ask()).isEqualTo(SolutionHealth.healthy("released"));
    }

    @Test
    void closingEndsTheCallAndThoseWhoWaitForIt() throws Exception {
        HealthInquiry inquiry = inquiry(LONG, hanging);
        ExecutorService callers = Executors.newSingleThreadExecutor();
        try {
            Future<SolutionHealth> waiting = callers.submit(inquiry::ask);
            Thread thread = askedThread();

            inquiry.close();

            assertThat(waiting.get().message()).isEqualTo("it is being taken out");
            assertThat(ended(thread)).isTrue();
            assertThat(inquiry.ask().ok()).isFalse();
            assertThat(calls).hasValue(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aCallerThatIsInterruptedGoesAndStaysInterrupted() {
        HealthInquiry inquiry = inquiry(LONG, hanging);
        Thread.currentThread().interrupt();

        assertThat(inquiry.ask().ok()).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        inquiry.close();
    }

    /** With a thread local, as libraries leave them: in the thread of a pool it would stay. */
    @Test
    void holdsNothingOfAPluginWhoseCallHasEnded() throws Exception {
        PluginLoader loader = new PluginLoader(Forgetful.class);
        HealthInquiry inquiry = new HealthInquiry("text", loader.make(Solution.class), LONG, nanos::get);
        assertThat(inquiry.ask().message()).isEqualTo("loaded by PluginLoader");
        inquiry.close();
        WeakReference<ClassLoader> left = new WeakReference<>(loader);
        inquiry = null;
        loader = null;

        assertThat(PluginLoader.collected(List.of(left))).isTrue();
    }

    /** Leaves something behind in its thread. */
    public static final class Forgetful implements Solution {
        private static final ThreadLocal<Forgetful> LEFT = new ThreadLocal<>();

        @Override
        public SolutionDescriptor descriptor() {
            return SolutionDescriptor.of("text", "Text", "", "count");
        }

        @Override
        public SolutionHealth health() {
            LEFT.set(this);
            ClassLoader mine = Thread.currentThread().getContextClassLoader();
            return SolutionHealth.healthy("loaded by " + mine.getClass().getSimpleName());
        }
    }
}
