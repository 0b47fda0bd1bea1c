package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Lines of the log that somebody should see, each at most once a minute however often its cause comes. */
final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    Alerts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void of(Failure failure) {
        switch (failure.kind()) {
            case CREDENTIALS -> error("store_credentials_refused", reason(failure.cause()));
            case REFUSED -> error("store_request_refused", reason(failure.cause()));
            case BUSY -> warn("store_busy", reason(failure.cause()));
            case UNREACHABLE -> warn("store_unreachable", reason(failure.cause()));
            case UNKNOWN -> warn("store_no_answer", reason(failure.cause()));
            case MALFORMED -> { } // the caller's fault and his to report
        }
    }

    void warn(String event, String reason) {
        if (due(event)) {
            LOG.warn("event={} reason=\"{}\"", event, reason);
        }
    }

    private void error(String event, String reason) {
        if (due(event)) {
            LOG.error("event={} reason=\"{}\"", event, reason);
        }
    }

    /** With the code to look it up by, which the SDK's own text lacks. */
    private static String reason(Throwable cause) {
        return cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null
                ? answer.awsErrorDetails().errorCode() + ": " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }

    private boolean due(String event) {
        long now = nanos.getAsLong();
        boolean[] due = {false};
        last.compute(event, (name, before) -> {
            due[0] = before == null || now - before >= QUIET_NANOS;
            return due[0] ? now : before;
        });
        return due[0];
    }
}
