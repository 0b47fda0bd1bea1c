package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One undelivered mail as it lies in the store, at the instant it is due next.
 *
 * @param id 24 hexadecimal digits; the same over all attempts
 * @param attempts deliveries that were begun
 * @param claim who delivers it now, empty while nobody does
 * @param sealed see {@link SealedContent}
 */
record OutboxEntry(
        int shard, Instant due, String id, Mail.Kind kind, Instant acceptedAt, Instant giveUpAt, long attempts,
        String claim, byte[] sealed) {

    /** Partitions, so that no single one takes all mails. */
    static final int SHARDS = 8;
    static final String CLAIM = "claim";

    private static final String KIND = "kind";
    private static final String ACCEPTED_AT = "acceptedAt";
    private static final String GIVE_UP_AT = "giveUpAt";
    private static final String ATTEMPTS = "attempts";
    private static final String SEALED = "content";
    /** After this the store may forget a mail that no node ever gave up. */
    private static final long FORGOTTEN_AFTER_SECONDS = 7 * 86_400;

    static String partition(int shard) {
        return "outbox#" + shard;
    }

    /** Sorts by time for the next three centuries. */
    static String sortKey(Instant due, String id) {
        return String.format(Locale.ROOT, "%013d#%s", Math.max(0, due.toEpochMilli()), id);
    }

    /** When the item at this key is due; empty if the key is not of this form. */
    static Optional<Instant> due(Key key) {
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(key.sk().substring(0, key.sk().indexOf('#')))));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    Key key() {
        return new Key(Table.SYSTEM, partition(shard), sortKey(due, id));
    }

    Item item() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(KIND, kind.name());
        attributes.put(ACCEPTED_AT, acceptedAt.toEpochMilli());
        attributes.put(GIVE_UP_AT, giveUpAt.toEpochMilli());
        attributes.put(ATTEMPTS, attempts);
        attributes.put(SEALED, sealed);
        attributes.put(Item.TTL, giveUpAt.getEpochSecond() + FORGOTTEN_AFTER_SECONDS);
        if (!claim.isEmpty()) {
            attributes.put(CLAIM, claim);
        }
        return new Item(key(), attributes);
    }

    /** Empty if the item is of another form: another version of this software may have written it. */
    static Optional<OutboxEntry> of(Item item) {
        try {
            Key key = item.key();
            return Optional.of(new OutboxEntry(
                    Integer.parseInt(key.pk().substring(key.pk().indexOf('#') + 1)),
                    due(key).orElseThrow(),
                    key.sk().substring(key.sk().indexOf('#') + 1),
                    Mail.Kind.valueOf(item.string(KIND).orElseThrow()),
                    Instant.ofEpochMilli(item.number(ACCEPTED_AT).orElseThrow()),
                    Instant.ofEpochMilli(item.number(GIVE_UP_AT).orElseThrow()),
                    item.number(ATTEMPTS).orElseThrow(),
                    item.string(CLAIM).orElse(""),
                    item.bytes(SEALED).orElseThrow()));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** The same mail, being delivered by the owner of {@code newClaim} and due again if that one does not end it before. */
    OutboxEntry claimed(String newClaim, Instant until) {
        return new OutboxEntry(shard, until, id, kind, acceptedAt, giveUpAt, attempts + 1, newClaim, sealed);
    }

    OutboxEntry dueAgain(Instant at, long attemptsThatCount) {
        return new OutboxEntry(shard, at, id, kind, acceptedAt, giveUpAt, attemptsThatCount, "", sealed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutboxEntry that && item().equals(that.item());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {shard, due, id});
    }

    @Override
    public String toString() {
        return "OutboxEntry[" + id + " " + kind + "]";
    }
}
