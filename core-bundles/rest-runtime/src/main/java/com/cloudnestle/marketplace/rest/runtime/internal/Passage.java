package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.rest.CallGate;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through a mount, from the servlet to the end of its answer. It is the one place that knows how
 * a call ended, so it tells the gate, once, however that was.
 */
final class Passage {

    private static final String ATTRIBUTE = Passage.class.getName();
    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

    private final String requestId;
    private final LiveMount mount;
    private final BoundedRequest request;
    private final WatchedResponse response;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile CallGate.Verdict.@Nullable Pass pass;

    Passage(String requestId, LiveMount mount, HttpServletRequest request, HttpServletResponse response) {
        this.requestId = requestId;
        this.mount = mount;
        this.request = new BoundedRequest(request);
        this.response = new WatchedResponse(response);
        request.setAttribute(ATTRIBUTE, this);
    }

    static Optional<Passage> of(HttpServletRequest request) {
        return Optional.ofNullable((Passage) request.getAttribute(ATTRIBUTE));
    }

    String requestId() {
        return requestId;
    }

    LiveMount mount() {
        return mount;
    }

    BoundedRequest request() {
        return request;
    }

    WatchedResponse response() {
        return response;
    }

    /** The gate let the call in. */
    void passed(CallGate.Verdict.Pass verdict) {
        pass = verdict;
    }

    /** Headers the gate wants on the answer; none if the call was not gated. */
    Map<String, String> gateHeaders() {
        CallGate.Verdict.Pass present = pass;
        return present == null ? Map.of() : present.headers();
    }

    /** The servlet is done with the request, for good or until a suspended call is resumed. */
    void ended(@Nullable Throwable failure) {
        if (failure == null && request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new AtTheEnd());
        } else {
            finish(failure != null);
        }
    }

    private void finish(boolean threw) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        mount.leave();
        CallGate.Verdict.Pass present = pass;
        if (present == null) {
            return;
        }
        try {
            present.completion().done(failed(threw));
        } catch (RuntimeException e) { // the answer is out; all that is left is to say so
            LOG.error("completion of a metered call failed requestId={}", requestId, e);
        }
    }

    /** A client that hangs up has had its work done: else reading all but the last byte would make every call free. */
    private boolean failed(boolean threw) {
        return !response.broken() && (threw || response.getStatus() >= 400);
    }

    private final class AtTheEnd implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            finish(false);
        }

        @Override
        public void onError(AsyncEvent event) {
            finish(true);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // CXF answers 503; onComplete follows
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
