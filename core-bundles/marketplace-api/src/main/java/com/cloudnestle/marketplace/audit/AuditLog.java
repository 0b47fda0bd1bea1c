package com.cloudnestle.marketplace.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The append-only, hash-chained record of tier changes, admin acts, key and token life, and plugin deployments. Each
 * entry carries the hash of the one before, so a change or a gap is found by {@link #verify()}.
 */
@ProviderType
public interface AuditLog {

    /**
     * Appends one entry. Durable when this returns.
     *
     * @param actor who did it: {@code admin}, {@code console}, {@code system}, {@code solution:<id>} or a customer id
     * @param event what happened, e.g. {@code tier.changed}; lower case, dotted
     * @param subject what it happened to, e.g. a customer id
     * @param details further facts; no secrets, at most 2,000 characters together
     */
    AuditEntry append(String actor, String event, String subject, Map<String, String> details);

    /** Entries, newest first, at most {@code limit} (1 to 1000), older than sequence number {@code before} if given. */
    List<AuditEntry> latest(int limit, @Nullable Long before);

    /** The sequence number of the first entry that does not fit its predecessor; empty if the chain is whole. */
    Optional<Long> verify();
}
