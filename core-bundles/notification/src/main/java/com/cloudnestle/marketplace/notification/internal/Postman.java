package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due out of the outbox and hands it to the transport, one round at a time. Each mail is delivered at least
 * once: it is crossed off after the transport took it, so a crash in between sends it again, under the same message id. To be
 * used by one thread, except for {@link #stop}.
 */
final class Postman {

    static final Backoff RETRIES = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
    /** Between looks whether a transport that was down is there again. */
    static final Backoff PAUSES = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5));

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final Duration SET_ASIDE = Duration.ofHours(1);
    private static final int PAGE = 50;
    /** Mail servers limit how much they take in one go. */
    private static final int MAILS_PER_CONNECTION = 20;

    private final Outbox outbox;
    private final Letters letters;
    private final MailTransport transport;
    private final InstantSource clock;
    private final int firstShard;
    /** Delivered, but the store did not take the news. Another round tells it before anything is delivered twice. */
    private final Queue<OutboxEntry> delivered = new ArrayDeque<>();
    private volatile boolean stopped;
    private int failuresInARow;
    private Instant pausedUntil = Instant.MIN;
    private MailTransport.@Nullable Connection connection;
    private int mailsOnConnection;

    /** @param firstShard any number: nodes that begin at different ones meet less often */
    Postman(Outbox outbox, Letters letters, MailTransport transport, InstantSource clock, int firstShard) {
        this.outbox = outbox;
        this.letters = letters;
        this.transport = transport;
        this.clock = clock;
        this.firstShard = firstShard;
    }

    /** Ends a round after the mail it is at. */
    void stop() {
        stopped = true;
    }

    /**
     * Delivers what is due now.
     *
     * @throws MarketplaceException if the store cannot answer; everything goes on with the next round
     */
    void round() {
        try {
            crossOff();
            for (int i = 0; i < OutboxEntry.SHARDS && !stopped; i++) {
                shard(Math.floorMod(firstShard + i, OutboxEntry.SHARDS));
            }
        } finally {
            disconnect();
        }
    }

    private void shard(int shard) {
        Optional<String> cursor = Optional.empty();
        do {
            Page page = outbox.page(shard, PAGE, cursor.orElse(null));
            for (Item item : page.items()) {
                if (stopped || OutboxEntry.due(item.key()).filter(due -> due.isAfter(clock.instant())).isPresent()) {
                    return;
                }
                handle(item);
            }
            cursor = page.cursor();
        } while (cursor.isPresent());
    }

    private void handle(Item item) {
        Optional<OutboxEntry> entry = OutboxEntry.of(item);
        if (entry.isEmpty()) {
            setAside(item, item.key().sk());
        } else if (!clock.instant().isBefore(entry.get().giveUpAt())) {
            giveUpLate(entry.get());
        } else if (connected()) {
            Optional<MailContent> content = outbox.content(entry.get());
            if (content.isEmpty()) {
                setAside(item, entry.get().id());
            } else {
                outbox.claim(entry.get()).ifPresent(claimed -> settle(claimed, content.get(), deliver(claimed, content.get())));
            }
        }
    }

    /** A mistake of ours with one mail must not stop the others; its text could hold an address, so only its kind is told. */
    private Delivery deliver(OutboxEntry claimed, MailContent content) {
        try {
            mailsOnConnection++;
            Letter letter = letters.write(claimed, content);
            return connection == null ? new Delivery.Deferred("no-connection") : connection.deliver(letter);
        } catch (RuntimeException e) {
            LOG.error("event=mail_failed id={} kind={} error={} at={}", claimed.id(), claimed.kind(), e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]);
            return new Delivery.Deferred("internal");
        }
    }

    private void settle(OutboxEntry claimed, MailContent content, Delivery delivery) {
        String to = MaskedAddress.of(content.to());
        if (!(delivery instanceof Delivery.Down)) {
            resumed();
        }
        if (delivery instanceof Delivery.Accepted) {
            LOG.info("event=mail_delivered id={} kind={} to={} attempts={}", claimed.id(), claimed.kind(), to, claimed.attempts());
            delivered.add(claimed);
            crossOff();
            return;
        }
        disconnect();
        if (delivery instanceof Delivery.Refused refused) {
            LOG.warn("event=mail_given_up why=refused id={} kind={} to={} reason=\"{}\" attempts={}",
                    claimed.id(), claimed.kind(), to, refused.reason(), claimed.attempts());
            outbox.giveUp(claimed, to, refused.reason());
        } else if (delivery instanceof Delivery.Deferred deferred) {
            Instant again = earlier(clock.instant().plus(RETRIES.after(claimed.attempts())), claimed.giveUpAt());
            LOG.info("event=mail_deferred id={} kind={} to={} reason=\"{}\" attempts={} again_at={}",
                    claimed.id(), claimed.kind(), to, deferred.reason(), claimed.attempts(), again);
            outbox.release(claimed, again, claimed.attempts());
        } else if (delivery instanceof Delivery.Down down) {
            pause(down.reason());
            outbox.release(claimed, clock.instant(), claimed.attempts() - 1);
        }
    }

    /** Tells the store of mails that are delivered; what it does not take stays for the next round. */
    private void crossOff() {
        for (OutboxEntry done = delivered.peek(); done != null; done = delivered.peek()) {
            if (!outbox.remove(done)) {
                // The claim ran out first, or the answer to the removal got lost.
                LOG.info("event=mail_already_removed id={} kind={}", done.id(), done.kind());
            }
            delivered.remove();
        }
    }

    private void giveUpLate(OutboxEntry entry) {
        String to = outbox.content(entry).map(content -> MaskedAddress.of(content.to())).orElse("unreadable");
        if (outbox.giveUp(entry, to, "too-late")) {
            LOG.error("event=mail_given_up why=too_late id={} kind={} to={} attempts={} accepted_at={}", entry.id(), entry.kind(),
                    to, entry.attempts(), entry.acceptedAt());
        }
    }

    private void setAside(Item item, String id) {
        if (outbox.setAside(item, clock.instant().plus(SET_ASIDE))) {
            LOG.error("event=mail_unreadable id={}; written by another version or under another server secret,"
                    + " tried again in {} min", id, SET_ASIDE.toMinutes());
        }
    }

    /** Whether there is a transport to hand mails to; while it is down only old mails are given up. */
    private boolean connected() {
        if (connection != null && mailsOnConnection >= MAILS_PER_CONNECTION) {
            disconnect();
        }
        if (connection == null && !clock.instant().isBefore(pausedUntil)) {
            try {
                connection = transport.open();
                mailsOnConnection = 0;
            } catch (TransportDownException e) {
                pause(String.valueOf(e.getMessage()));
            }
        }
        return connection != null;
    }

    private void pause(String reason) {
        failuresInARow++;
        Duration pause = PAUSES.after(failuresInARow);
        pausedUntil = clock.instant().plus(pause);
        LOG.warn("event=mail_transport_down reason=\"{}\" failures={} again_in_s={}; mails wait in the outbox",
                reason, failuresInARow, pause.toSeconds());
    }

    private void resumed() {
        if (failuresInARow > 0) {
            failuresInARow = 0;
            LOG.info("event=mail_transport_resumed");
        }
    }

    private void disconnect() {
        MailTransport.Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
