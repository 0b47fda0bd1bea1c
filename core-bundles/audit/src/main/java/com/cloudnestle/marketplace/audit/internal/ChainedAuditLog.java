package com.cloudnestle.marketplace.audit.internal;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * One chain for the whole marketplace. The head item, kept apart from the entries, names the last number and hash; an
 * entry and the new head are written in one transaction that holds only if the head is still the one seen before.
 */
@Component
public final class ChainedAuditLog implements AuditLog {

    private static final Key HEAD = new Key(Table.AUDIT, "audit-head", "head");
    private static final String SEQUENCE = "sequence";
    private static final String HASH = "hash";
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*");
    private static final int MAX_NAME = 200;
    private static final int MAX_DETAILS = 2_000;
    private static final int MAX_TRIES = 1_000;

    /** The last entry written. */
    private record Head(long sequence, String hash) {}

    private final Store store;
    private final InstantSource clock;
    /** Keeps the threads of this process from losing the race against each other; other nodes still may win it. */
    private final Lock turn = new ReentrantLock();

    @Activate
    public ChainedAuditLog(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public AuditEntry append(String actor, String event, String subject, Map<String, String> details) {
        check(actor, event, subject, details);
        turn.lock();
        try {
            for (int i = 0; i < MAX_TRIES; i++) {
                Optional<AuditEntry> appended = tryAppend(actor, event, subject, details);
                if (appended.isPresent()) {
                    return appended.get();
                }
            }
        } finally {
            turn.unlock();
        }
        throw new StoreException.Unavailable("The audit log is too busy; try again.");
    }

    /** Empty if somebody else appended first. */
    private Optional<AuditEntry> tryAppend(String actor, String event, String subject, Map<String, String> details) {
        Optional<Head> before = head();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AuditEntry entry = AuditItem.sealed(
                new AuditEntry(before.map(Head::sequence).orElse(0L) + 1, now, actor, event, subject, details, ""),
                before.map(Head::hash).orElse(AuditItem.NO_HASH));
        Item newHead = new Item(HEAD, Map.of(SEQUENCE, entry.sequence(), HASH, entry.hash()));
        Condition unmoved = before.map(head -> Condition.equal(SEQUENCE, head.sequence()))
                .orElse(Condition.itemAbsent());
        TransactResult result = store.transact(List.of(
                new Write.Put(newHead, unmoved), new Write.Put(AuditItem.item(entry), Condition.itemAbsent())));
        if (!result.applied() && result.failure(0).isEmpty()) {
            throw new IllegalStateException("audit entry " + entry.sequence() + " stands behind the head of the log");
        }
        return result.applied() ? Optional.of(entry) : Optional.empty();
    }

    @Override
    public List<AuditEntry> latest(int limit, @Nullable Long before) {
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + Store.MAX_PAGE + ", was " + limit);
        }
        long last = head().map(Head::sequence).orElse(0L);
        // Numbers have no gaps, so the entries can be named instead of searched for.
        long next = before == null ? last : Math.min(last, before - 1);
        List<AuditEntry> found = new ArrayList<>();
        for (; next > 0 && found.size() < limit; next--) {
            store.get(AuditItem.key(next)).flatMap(AuditItem::entry).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<Long> verify() {
        // Read first: entries that others append meanwhile lie behind it and must fit as well.
        Optional<Head> head = head();
        Head last = new Head(0, AuditItem.NO_HASH);
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(
                    Table.AUDIT, AuditItem.PARTITION, "", false, Store.MAX_PAGE, cursor.orElse(null));
            for (Item item : page.items()) {
                Optional<Head> next = follows(item, last, head);
                if (next.isEmpty()) {
                    return Optional.of(last.sequence() + 1);
                }
                last = next.get();
            }
            cursor = page.cursor();
        } while (cursor.isPresent());
        // The end is cut off: entries are missing that the head has seen, or the head itself is.
        boolean cut = head.map(Head::sequence).orElse(0L) > last.sequence() || last.sequence() > 0 && head().isEmpty();
        return cut ? Optional.of(last.sequence() + 1) : Optional.empty();
    }

    /** The item as the new last entry, if it follows the one before and does not contradict the head. */
    private static Optional<Head> follows(Item item, Head last, Optional<Head> head) {
        return AuditItem.entry(item)
                .filter(entry -> entry.sequence() == last.sequence() + 1)
                .filter(entry -> entry.hash().equals(AuditItem.hash(entry, last.hash())))
                .map(entry -> new Head(entry.sequence(), entry.hash()))
                .filter(next -> head.filter(h -> h.sequence() == next.sequence() && !h.equals(next)).isEmpty());
    }

    private Optional<Head> head() {
        return store.get(HEAD).map(item ->
                new Head(item.number(SEQUENCE, 0), item.string(HASH).orElse(AuditItem.NO_HASH)));
    }

    private static void check(String actor, String event, String subject, Map<String, String> details) {
        checkName("actor", actor);
        checkName("subject", subject);
        if (event.length() > MAX_NAME || !EVENT.matcher(event).matches()) {
            throw new IllegalArgumentException("event must be lower case and dotted, at most 200 characters");
        }
        int size = details.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
        if (size > MAX_DETAILS) {
            throw new IllegalArgumentException("details may have " + MAX_DETAILS + " characters, had " + size);
        }
    }

    private static void checkName(String what, String text) {
        if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_NAME + " characters, no control characters");
        }
    }
}
