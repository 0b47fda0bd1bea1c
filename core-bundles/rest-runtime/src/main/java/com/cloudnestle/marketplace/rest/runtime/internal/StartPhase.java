package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.platform.Readiness;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
    static final StartPhase NONE = new StartPhase(() -> true, System::nanoTime);

    private final BooleanSupplier started;
    private final LongSupplier nanoTime;
    private final long began;
    private final AtomicLong nextLook;
    private volatile boolean over;

    StartPhase(BooleanSupplier started, LongSupplier nanoTime) {
        this.started = started;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.nextLook = new AtomicLong(began);
    }

    /** Until the server is ready for the first time. */
    static StartPhase of(BundleContext bundles) {
        return new StartPhase(() -> ready(bundles), System::nanoTime);
    }

    private static boolean ready(BundleContext bundles) {
        ServiceReference<Readiness> found = bundles.getServiceReference(Readiness.class);
        Readiness readiness = found == null ? null : bundles.getService(found);
        return readiness != null && readiness.ready();
    }

    boolean lasts() {
        if (!over) {
            long now = nanoTime.getAsLong();
            long due = nextLook.get();
            if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY.toNanos())) {
                over = started.getAsBoolean() || now - began > LONGEST.toNanos();
            }
        }
        return !over;
    }
}
