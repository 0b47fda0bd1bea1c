package com.cloudnestle.marketplace.store;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import org.jspecify.annotations.Nullable;

/** The store could not answer. Sealed into the two cases a caller must tell apart. */
public abstract sealed class StoreException extends MarketplaceException {

    private static final long serialVersionUID = 1L;

    private StoreException(Problem problem, String detail, @Nullable Throwable cause) {
        super(problem, detail, cause);
    }

    /** Nothing was applied; the same call may be made again (HTTP 503). */
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String detail, @Nullable Throwable cause) {
            super(Problem.STORE_UNAVAILABLE, detail, cause);
        }

        public Unavailable(String detail) {
            this(detail, null);
        }
    }

    /** It is not known whether the write was applied (HTTP 503). Repeat only writes that are safe to repeat. */
    public static final class OutcomeUnknown extends StoreException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String detail, Throwable cause) {
            super(Problem.OUTCOME_UNKNOWN, detail, cause);
        }
    }
}
