package com.cloudnestle.marketplace.notification.internal;

import org.jspecify.annotations.Nullable;

/** No mail can leave right now. The message is a short reason of ours, see {@link Delivery}. */
final class TransportDownException extends Exception {

    private static final long serialVersionUID = 1L;

    TransportDownException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
