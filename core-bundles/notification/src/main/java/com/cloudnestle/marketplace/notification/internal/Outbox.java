package com.cloudnestle.marketplace.notification.internal;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.MailQueue.GivenUp;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undelivered mails in the store, in the order in which they are due. Who wants to deliver one claims it: that moves it to
 * the end of the claim, where it is due again. So a claim needs no clean-up: if its owner dies, the mail comes back by itself.
 * All nodes may work on it at once. Thread-safe.
 */
final class Outbox {

    /** How long a claim holds; much longer than a delivery may take. */
    static final Duration CLAIM = Duration.ofMinutes(3);

    /** How long a key is remembered after its mail stopped being worth sending. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String GIVEN_UP = "mail-given-up";
    private static final int ID_BYTES = 12;
    private static final HexFormat HEX = HexFormat.of();

    private final Store store;
    private final InstantSource clock;
    private final SealedContent sealing;
    private final SecureRandom random = new SecureRandom();

    Outbox(Store store, ServerSecrets secrets, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.sealing = new SealedContent(secrets);
    }

    /** Keeps the mail, due at once; false if its key was accepted before. */
    boolean accept(Mail mail) {
        Instant now = now();
        Instant giveUpAt = now.plus(mail.worthSendingFor());
        byte[] keyHash = sha256(mail.key());
        Item mark = new Item(
                new Key(Table.SYSTEM, "mail#" + HEX.formatHex(keyHash), "mail"),
                Map.of(Item.TTL, giveUpAt.plus(REMEMBERED).getEpochSecond()));
        // A mark that has expired may still lie there and count for conditions.
        Condition unknown = Condition.any(Condition.itemAbsent(), Condition.atMost(Item.TTL, now.getEpochSecond()));
        String id = randomHex();
        OutboxEntry entry = new OutboxEntry(keyHash[0] & (OutboxEntry.SHARDS - 1), now, id, mail.kind(), now, giveUpAt,
                0, "", sealing.seal(id, MailContent.of(mail)));
        TransactResult result = store.transact(List.of(
                new Write.Put(mark, unknown), new Write.Put(entry.item(), Condition.itemAbsent())));
        return result.applied();
    }

    /** A page of one shard, what is due first coming first. */
    Page page(int shard, int limit, @Nullable String cursor) {
        return store.query(Table.SYSTEM, OutboxEntry.partition(shard), "", false, limit, cursor);
    }

    /** What the mail says; empty if it was sealed with another secret. */
    Optional<MailContent> content(OutboxEntry entry) {
        return sealing.open(entry.id(), entry.sealed());
    }

    /** Makes the mail the caller's for {@link #CLAIM}; empty if somebody else was faster. */
    Optional<OutboxEntry> claim(OutboxEntry entry) {
        OutboxEntry mine = entry.claimed(randomHex(), now().plus(CLAIM));
        return move(entry.key(), Condition.itemExists(), mine.item()) ? Optional.of(mine) : Optional.empty();
    }

    /** Forgets a claimed mail; false if the claim ran out and the mail is somebody else's now. */
    boolean remove(OutboxEntry claimed) {
        return store.delete(claimed.key(), owned(claimed)).applied();
    }

    /** Forgets a mail that nobody has claimed; false if somebody else was faster. */
    boolean drop(OutboxEntry entry) {
        return store.delete(entry.key(), Condition.itemExists()).applied();
    }

    /** Forgets a mail for good and remembers for a while that and why; false if somebody else has it. */
    boolean giveUp(OutboxEntry entry, String maskedAddress, String reason) {
        Instant now = now();
        Item note = new Item(new Key(Table.SYSTEM, GIVEN_UP, OutboxEntry.sortKey(now, entry.id())), Map.of(
                "kind", entry.kind().name(), "to", maskedAddress, "reason", reason, "attempts", entry.attempts(),
                "acceptedAt", entry.acceptedAt().toEpochMilli(), Item.TTL, now.plus(REMEMBERED).getEpochSecond()));
        Condition present = entry.claim().isEmpty() ? Condition.itemExists() : owned(entry);
        return store.transact(List.of(new Write.Delete(entry.key(), present), new Write.Put(note, Condition.NONE))).applied();
    }

    /** Mails that were given up, the latest first. */
    List<GivenUp> givenUp(int limit) {
        return store.query(Table.SYSTEM, GIVEN_UP, "", true, limit, null).items().stream()
                .flatMap(item -> given(item).stream())
                .toList();
    }

    private static Optional<GivenUp> given(Item item) {
        try {
            String sort = item.key().sk();
            return Optional.of(new GivenUp(sort.substring(sort.indexOf('#') + 1), Mail.Kind.valueOf(item.string("kind").orElseThrow()),
                    item.string("to").orElse(""), Instant.ofEpochMilli(item.number("acceptedAt", 0)),
                    OutboxEntry.due(item.key()).orElseThrow(), item.string("reason").orElse(""), item.number("attempts", 0)));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty(); // of another version
        }
    }

    /** All that can be read. */
    List<OutboxEntry> all() {
        List<OutboxEntry> found = new ArrayList<>();
        for (int shard = 0; shard < OutboxEntry.SHARDS; shard++) {
            Optional<String> cursor = Optional.empty();
            do {
                Page page = page(shard, Store.MAX_PAGE, cursor.orElse(null));
                page.items().forEach(item -> OutboxEntry.of(item).ifPresent(found::add));
                cursor = page.cursor();
            } while (cursor.isPresent());
        }
        return found;
    }

    /** Makes a mail that nobody has claimed due now; false if somebody was faster. */
    boolean hurry(OutboxEntry entry) {
        return move(entry.key(), Condition.itemExists(), entry.dueAgain(later(entry.due(), now()), entry.attempts()).item());
    }

    /** Gives a claim back; the mail is due again at {@code at}. False if the claim ran out. */
    boolean release(OutboxEntry claimed, Instant at, long attempts) {
        return move(claimed.key(), owned(claimed), claimed.dueAgain(later(claimed.due(), at), attempts).item());
    }

    /** Puts off an item that cannot be read here; false if somebody else was faster. */
    boolean setAside(Item item, Instant at) {
        String id = item.key().sk().substring(item.key().sk().indexOf('#') + 1);
        Key later = new Key(Table.SYSTEM, item.key().pk(), OutboxEntry.sortKey(at, id));
        return move(item.key(), Condition.itemExists(), new Item(later, item.attributes()));
    }

    private boolean move(Key from, Condition condition, Item to) {
        return store.transact(List.of(
                new Write.Delete(from, condition), new Write.Put(to, Condition.itemAbsent()))).applied();
    }

    private static Condition owned(OutboxEntry claimed) {
        return Condition.equal(OutboxEntry.CLAIM, claimed.claim());
    }

    /** A transaction may name a key once, so a mail cannot be moved to where it is. */
    private static Instant later(Instant occupied, Instant wanted) {
        return wanted.toEpochMilli() == occupied.toEpochMilli() ? wanted.plusMillis(1) : wanted;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String randomHex() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HEX.formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
