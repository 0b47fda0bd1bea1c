package com.cloudnestle.marketplace.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.SolutionOwnersContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredOwnersTest extends SolutionOwnersContract {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);

    @Override
    protected SolutionOwners owners(AuditLog audit) {
        return new StoredOwners(store, audit, clock);
    }

    @Test
    void isRememberedByTheStoreAlone() {
        RecordingAuditLog audit = new RecordingAuditLog(clock);
        owners(audit).claim("text", "com.example.text");

        assertThat(owners(audit).claim("text", "com.evil.text")).isEqualTo("com.example.text");
    }

    @Test
    void isNoSolutionOfTheCatalogue() {
        owners(new RecordingAuditLog(clock)).claim("text", "com.example.text");
        new SolutionItems(store).save(SolutionDescriptor.of("other", "Other", "", "count"), clock.instant());

        assertThat(new SolutionItems(store).load()).extracting(Listing::id).containsExactly("other");
    }
}
