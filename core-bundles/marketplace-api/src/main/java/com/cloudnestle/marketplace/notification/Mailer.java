package com.cloudnestle.marketplace.notification;

import org.osgi.annotation.versioning.ProviderType;

/** Takes e-mails for delivery. Nobody waits for a mail server: delivery is tried again until it succeeds or the mail is too old. */
@ProviderType
public interface Mailer {

    /**
     * Accepts a mail; it is durable when this returns. A mail whose {@link Mail#key()} was accepted before is not sent again.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code store-unavailable}, {@code outcome-unknown} (503)
     */
    void send(Mail mail);
}
