package com.cloudnestle.marketplace.notification.internal;

/** Stands for a transport whose configuration cannot be used: mails wait in the outbox until it is put right. */
final class MisconfiguredTransport implements MailTransport {

    @Override
    public Connection open() throws TransportDownException {
        throw new TransportDownException("misconfigured", null);
    }

    @Override
    public void close() {
        // has nothing
    }
}
