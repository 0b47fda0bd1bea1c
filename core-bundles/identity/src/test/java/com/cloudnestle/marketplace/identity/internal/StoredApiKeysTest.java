package com.cloudnestle.marketplace.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.testing.ApiKeysContract;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredApiKeysTest extends ApiKeysContract {

    private final ManualClock now = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(now);
    private final RecordingAuditLog audit = new RecordingAuditLog(now);
    private final InMemoryCatalog solutions =
            InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder", "Finds.", "search"));
    private final StoredApiKeys keys = new StoredApiKeys(store, solutions, audit, now, Optional.empty());

    @Override
    protected ApiKeys keys(CatalogService catalog, InstantSource clock) {
        return new StoredApiKeys(new InMemoryStore(clock), catalog, new RecordingAuditLog(clock), clock,
                Optional.of(Sha256.hex(ADMIN_KEY)));
    }

    @Test
    void namesTheSolutionInTheKey() {
        assertThat(keys.issueSolutionKey("finder", "a key", "admin").secret())
                .matches("sk_finder_[A-Za-z0-9_-]{43}[0-9a-f]{8}");
    }

    @Test
    void keepsKeysOverARestart() {
        ApiKeys.IssuedKey issued = keys.issueSolutionKey("finder", "a key", "admin");

        ApiKeys again = new StoredApiKeys(store, solutions, audit, now, Optional.empty());

        assertThat(again.authenticate(issued.secret())).isPresent();
        assertThat(again.solutionKeys("finder")).containsExactly(issued.info());
    }

    @Test
    void recordsTheLifeOfAKeyWithoutTheKey() {
        ApiKeys.IssuedKey issued = keys.issueSolutionKey("finder", "a key", "admin");
        keys.revokeSolutionKey("finder", issued.info().id(), "console");

        assertThat(audit.events()).containsExactly("key.issued", "key.revoked");
        assertThat(audit.entries()).extracting(entry -> entry.actor()).containsExactly("admin", "console");
        assertThat(audit.entries().toString()).contains(issued.info().id()).doesNotContain(issued.secret());
    }

    @Test
    void endsAKeyOnceWhenManyTry() {
        String id = keys.issueSolutionKey("finder", "a key", "admin").info().id();

        List<Boolean> ended = Together.run(8, () -> {
            try {
                keys.revokeSolutionKey("finder", id, "admin");
                return true;
            } catch (MarketplaceException e) {
                return false;
            }
        });

        assertThat(ended).containsOnlyOnce(true);
        assertThat(audit.events()).containsExactly("key.issued", "key.revoked");
    }

    @Test
    void hasNoAdminWhenThereIsNoAdminKey() {
        assertThat(keys.authenticate("0".repeat(64))).isEmpty();
    }

    @Test
    void refusesAKeyWhoseChecksumIsWrong() {
        String secret = keys.issueSolutionKey("finder", "a key", "admin").secret();
        char last = secret.charAt(secret.length() - 1);
        String changed = secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0');

        assertThat(SolutionSecret.wellFormed(secret)).isTrue();
        assertThat(SolutionSecret.wellFormed(changed)).isFalse();
        assertThat(keys.authenticate(changed)).isEmpty();
    }
}
