package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mount and the calls inside it. Closing takes it out of the table at once; the server behind it is taken down by
 * whoever leaves last, so that calls in flight are finished.
 */
final class LiveMount implements RestRuntime.Mount {

    private final String path;
    private final CxfServer server;
    private final CxfRestRuntime runtime;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean destroyed = new AtomicBoolean();
    private volatile boolean closed;

    LiveMount(String path, CxfServer server, CxfRestRuntime runtime) {
        this.path = path;
        this.server = server;
        this.runtime = runtime;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public RestRuntime.Mount replace(List<Object> resources, CallGate gate) {
        return runtime.replace(this, resources, gate);
    }

    @Override
    public void close() {
        runtime.forget(this);
        closed = true;
        destroyWhenEmpty();
    }

    CxfServer server() {
        return server;
    }

    /** @return false if the mount is closed; the call must not be served by it */
    boolean enter() {
        inFlight.incrementAndGet();
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (inFlight.decrementAndGet() == 0) {
            destroyWhenEmpty();
        }
    }

    /** Calls that entered and have not left. */
    int inFlight() {
        return inFlight.get();
    }

    private void destroyWhenEmpty() {
        if (closed && inFlight.get() == 0 && destroyed.compareAndSet(false, true)) {
            server.destroy();
        }
    }
}
