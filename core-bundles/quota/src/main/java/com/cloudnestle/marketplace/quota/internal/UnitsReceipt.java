package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** What one decision took. Can be redeemed once. */
final class UnitsReceipt implements Decision.Receipt {

    private static final AtomicIntegerFieldUpdater<UnitsReceipt> REDEEMED =
            AtomicIntegerFieldUpdater.newUpdater(UnitsReceipt.class, "redeemed");

    final Account account;
    final Origin origin;
    final AccessRequest request;
    private volatile int redeemed;

    UnitsReceipt(Account account, Origin origin, AccessRequest request) {
        this.account = account;
        this.origin = origin;
        this.request = request;
    }

    /** True for the first caller only. */
    boolean redeem() {
        return REDEEMED.compareAndSet(this, 0, 1);
    }
}
