package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.platform.Readiness;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The time after a start in which what will be served is not all there. Once over it does not come again, whatever is installed or
 * updated then.
 */
final class StartPhase {

    /** A bundle that never starts must not hide for ever that an address is wrong. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** So that a wave of requests does not slow down what it waits for. */
    static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** Of a server that is not started bundle by bundle. */
    static final StartPhase NONE = new StartPhase(new Known(true), System::nanoTime);

    private final Readiness readiness;
    private final LongSupplier nanoTime;
    private final long began;
    private final AtomicLong nextLook;
    private volatile boolean over;

    StartPhase(Readiness readiness, LongSupplier nanoTime) {
        this.readiness = readiness;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.nextLook = new AtomicLong(began);
    }

    /** Until the server is ready for the first time. */
    static StartPhase of(BundleContext bundles) {
        return new StartPhase(new Published(bundles), System::nanoTime);
    }

    /** Never true after somebody was told that the server is ready. */
    boolean lasts() {
        if (!over && (readiness.wasReady() || lookIsDue() && (readiness.ready() || tooLong()))) {
            over = true;
        }
        return !over;
    }

    private boolean lookIsDue() {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        return now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY.toNanos());
    }

    private boolean tooLong() {
        return nanoTime.getAsLong() - began > LONGEST.toNanos();
    }

    private record Known(boolean ready) implements Readiness {
        @Override
        public boolean wasReady() {
            return ready;
        }
    }

    /** What the REST bundle knows, once it is there. */
    private record Published(BundleContext bundles) implements Readiness {

        @Override
        public boolean ready() {
            return ask(Readiness::ready);
        }

        @Override
        public boolean wasReady() {
            return ask(Readiness::wasReady);
        }

        private boolean ask(Predicate<Readiness> question) {
            ServiceReference<Readiness> found = bundles.getServiceReference(Readiness.class);
            if (found == null) {
                return false;
            }
            Readiness readiness = bundles.getService(found);
            try {
                return readiness != null && question.test(readiness);
            } finally {
                bundles.ungetService(found);
            }
        }
    }
}
