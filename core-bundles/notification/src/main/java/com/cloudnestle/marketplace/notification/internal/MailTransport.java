package com.cloudnestle.marketplace.notification.internal;

/** A way by which mails leave. Used by one thread, except for {@link #close}. */
interface MailTransport extends AutoCloseable {

    /** @throws TransportDownException if no mail can leave now */
    Connection open() throws TransportDownException;

    /** Ends what is under way. */
    @Override
    void close();

    /** Takes mails one after the other. */
    interface Connection extends AutoCloseable {

        Delivery deliver(Letter letter);

        @Override
        void close();
    }
}
