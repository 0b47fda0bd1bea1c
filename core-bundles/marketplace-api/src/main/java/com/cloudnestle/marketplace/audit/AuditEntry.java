package com.cloudnestle.marketplace.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the audit log.
 *
 * @param sequence 1, 2, 3 … without gaps
 * @param at when it was appended
 * @param hash SHA-256 over the fields of this entry and the hash of the one before, hexadecimal
 */
public record AuditEntry(
        long sequence, Instant at, String actor, String event, String subject, Map<String, String> details, String hash) {
    public AuditEntry {
        details = Map.copyOf(details);
    }
}
