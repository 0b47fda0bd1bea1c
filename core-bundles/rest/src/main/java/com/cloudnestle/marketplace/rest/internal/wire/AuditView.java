package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audit entries, newest first. No {@code nextBefore}: there are no older ones. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditView(List<AuditView.Entry> entries, @Nullable Long nextBefore) {

    /** One entry. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Entry(
            long sequence, String at, String actor, String event, String subject, Map<String, String> details, String hash) {
        static Entry of(AuditEntry entry) {
            return new Entry(
                    entry.sequence(),
                    entry.at().toString(),
                    entry.actor(),
                    entry.event(),
                    entry.subject(),
                    entry.details(),
                    entry.hash());
        }
    }

    public static AuditView of(List<AuditEntry> entries) {
        boolean more = !entries.isEmpty() && entries.get(entries.size() - 1).sequence() > 1;
        return new AuditView(
                entries.stream().map(Entry::of).toList(), more ? entries.get(entries.size() - 1).sequence() : null);
    }
}
