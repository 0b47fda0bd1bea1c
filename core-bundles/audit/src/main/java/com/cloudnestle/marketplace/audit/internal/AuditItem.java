package com.cloudnestle.marketplace.audit.internal;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** How an entry lies in the store, and what its hash covers. */
final class AuditItem {

    static final String PARTITION = "audit";
    /** Hash before the first entry. */
    static final String NO_HASH = "0".repeat(64);

    private static final String DETAIL = "d.";

    private AuditItem() {}

    static Key key(long sequence) {
        return new Key(Table.AUDIT, PARTITION, String.format(Locale.ROOT, "%019d", sequence));
    }

    static Item item(AuditEntry entry) {
        Map<String, Object> attributes = new HashMap<>();
        entry.details().forEach((name, value) -> attributes.put(DETAIL + name, value));
        attributes.put("sequence", entry.sequence());
        attributes.put("at", entry.at().toString());
        attributes.put("actor", entry.actor());
        attributes.put("event", entry.event());
        attributes.put("subject", entry.subject());
        attributes.put("hash", entry.hash());
        return new Item(key(entry.sequence()), attributes);
    }

    /** Empty if the item is no whole entry, or lies at another place than its number says. */
    static Optional<AuditEntry> entry(Item item) {
        Map<String, String> details = new TreeMap<>();
        item.attributes().forEach((name, value) -> {
            if (name.startsWith(DETAIL)) {
                details.put(name.substring(DETAIL.length()), value.toString());
            }
        });
        try {
            AuditEntry entry = new AuditEntry(item.number("sequence").orElseThrow(), Instant.parse(text(item, "at")),
                    text(item, "actor"), text(item, "event"), text(item, "subject"), details, text(item, "hash"));
            return item.key().equals(key(entry.sequence())) ? Optional.of(entry) : Optional.empty();
        } catch (DateTimeException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** The entry with the hash that binds it to the one before. */
    static AuditEntry sealed(AuditEntry entry, String previousHash) {
        return new AuditEntry(entry.sequence(), entry.at(), entry.actor(), entry.event(), entry.subject(),
                entry.details(), hash(entry, previousHash));
    }

    /**
     * SHA-256 over the previous hash, number, time (ISO), actor, event, subject and the details in the order of their
     * names. Each part is preceded by its length in bytes, so that nothing can be moved from one part to the next.
     */
    static String hash(AuditEntry entry, String previousHash) {
        MessageDigest digest = sha256();
        add(digest, previousHash);
        add(digest, Long.toString(entry.sequence()));
        add(digest, entry.at().toString());
        add(digest, entry.actor());
        add(digest, entry.event());
        add(digest, entry.subject());
        new TreeMap<>(entry.details()).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute).orElseThrow();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
