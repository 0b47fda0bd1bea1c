package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.Decision.Receipt;
import java.util.OptionalLong;

/** Looks into receipts, which say more than an answer shows. Lies in the engine's package because nobody else may. */
public final class Receipts {

    private Receipts() {}

    /** The era the units were counted in. */
    public static OptionalLong era(Receipt receipt) {
        return receipt instanceof UnitsReceipt units ? OptionalLong.of(units.origin.era) : OptionalLong.empty();
    }
}
