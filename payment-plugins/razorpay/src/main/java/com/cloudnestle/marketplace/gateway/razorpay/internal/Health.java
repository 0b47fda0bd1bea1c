package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.internal.RazorpayApi.Verdict;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What the latest call told, and if that is long ago a call of its own. */
final class Health {

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    /** One call that failed says little; it is not long believed. */
    private static final Duration BAD_FOR = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final RazorpayApi api;
    private final LongSupplier nanos;
    private final ReentrantLock asking = new ReentrantLock();

    Health(RazorpayApi api, LongSupplier nanos) {
        this.api = api;
        this.nanos = nanos;
    }

    GatewayHealth health() {
        Verdict verdict = api.last();
        if (!fresh(verdict) && asking.tryLock()) { // who comes meanwhile takes what was known before
            try {
                verdict = fresh(api.last()) ? api.last() : api.probe(PATIENCE);
            } finally {
                asking.unlock();
            }
        }
        return verdict.good() ? GatewayHealth.healthy() : GatewayHealth.failing(verdict.problem());
    }

    private boolean fresh(Verdict verdict) {
        Duration believed = verdict.good() ? GOOD_FOR : BAD_FOR;
        return verdict != Verdict.NONE && nanos.getAsLong() - verdict.nanos() < believed.toNanos();
    }
}
