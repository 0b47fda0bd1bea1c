package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An audit log in memory, for asserting what was recorded. Thread-safe. */
public final class RecordingAuditLog implements AuditLog {

    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*");
    private static final int MAX_DETAILS = 2_000;

    private final List<AuditEntry> entries = new ArrayList<>();
    private final InstantSource clock;

    public RecordingAuditLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized AuditEntry append(String actor, String event, String subject, Map<String, String> details) {
        check(actor, event, subject, details);
        long sequence = entries.size() + 1L;
        AuditEntry bare = new AuditEntry(
                sequence, clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, event, subject, details, "");
        AuditEntry entry = new AuditEntry(sequence, bare.at(), actor, event, subject, details, hash(bare));
        entries.add(entry);
        return entry;
    }

    @Override
    public synchronized List<AuditEntry> latest(int limit, @Nullable Long before) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
        }
        List<AuditEntry> found = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (before == null || entries.get(i).sequence() < before) {
                found.add(entries.get(i));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<Long> verify() {
        return Optional.empty(); // nobody can change what is in memory
    }

    /** Everything recorded, oldest first. */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    /** The names of the events recorded, oldest first. */
    public synchronized List<String> events() {
        return entries.stream().map(AuditEntry::event).toList();
    }

    private String hash(AuditEntry entry) {
        String previous = entries.isEmpty() ? "" : entries.get(entries.size() - 1).hash();
        return Hashes.sha256(previous + entry.sequence() + entry.at() + entry.actor() + entry.event() + entry.subject()
                + new TreeMap<>(entry.details()));
    }

    private static void check(String actor, String event, String subject, Map<String, String> details) {
        if (actor.isBlank() || subject.isBlank() || !EVENT.matcher(event).matches()) {
            throw new IllegalArgumentException("an entry needs an actor, a subject and a lower-case, dotted event");
        }
        int size = details.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .sum();
        if (size > MAX_DETAILS) {
            throw new IllegalArgumentException("details may have " + MAX_DETAILS + " characters, had " + size);
        }
    }
}
