package com.cloudnestle.marketplace.notification;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What became of mails, for operators. Addresses are masked, contents stay closed. */
@ProviderType
public interface MailQueue {

    /** Mails that wait, what is due first coming first; at most {@code limit} (1 to 1000). */
    List<Waiting> waiting(int limit);

    /** Mails given up within the last 30 days, the latest first; at most {@code limit} (1 to 1000). */
    List<GivenUp> givenUp(int limit);

    /**
     * Tries a waiting mail again at once.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code not-found} (404) if no such mail waits,
     *     {@code conflict} (409) while a node is delivering it
     */
    void retry(String id);

    /**
     * @param id 24 hexadecimal digits
     * @param to masked address; empty if the mail was sealed under another server secret
     * @param due when it is tried next
     * @param attempts deliveries that were begun
     * @param beingDelivered whether a node is at it, or died at it and its claim has not run out
     */
    record Waiting(
            String id, Mail.Kind kind, String to, Instant acceptedAt, Instant due, Instant giveUpAt, long attempts,
            boolean beingDelivered) {}

    /** @param reason {@code too-late}, or what the mail server said in short */
    record GivenUp(String id, Mail.Kind kind, String to, Instant acceptedAt, Instant at, String reason, long attempts) {}
}
