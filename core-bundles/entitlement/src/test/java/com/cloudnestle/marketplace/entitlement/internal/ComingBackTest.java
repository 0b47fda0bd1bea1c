package com.cloudnestle.marketplace.entitlement.internal;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.CarriedCounts;
import com.cloudnestle.marketplace.quota.internal.FixedWindowQuotaService;
import com.cloudnestle.marketplace.quota.internal.QuotaEngine;
import com.cloudnestle.marketplace.quota.internal.QuotaSettings;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Leaving and signing up again with the same address is no way to a new free trial; with the product's own quota engine. */
class ComingBackTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);
    private final InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder", "Finds.", "search")
            .withTiers(
                    TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 1)),
                    TierPlan.of("registered", new Limit("search", new Window.Lifetime(), 10),
                            new Limit("search", new Window.Day(ZoneOffset.UTC), 6)).validFor(15),
                    TierPlan.of("pro", new Limit("search", new Window.Day(ZoneOffset.UTC), 100))));

    /** Somebody with an account, from sign-up to deletion: a customer's id of its own. */
    private final class Life {
        final InMemoryCustomers customers = new InMemoryCustomers(clock);
        final String id;
        final StoredEntitlements entitlements;
        final QuotaEngine engine;
        final EntitlementData data;

        Life(String email) {
            id = customers.findOrCreate(email).id();
            CacheSettings settings = Caches.of(store);
            LegacyEntitlements legacy = OldWorld.read(settings, catalog, customers, audit, clock);
            legacy.usage = new CarriedCounts(clock);
            entitlements = new StoredEntitlements(settings, catalog, customers, audit, clock, legacy, customer -> false,
                    new FixedSecrets(), new TierNews(store, java.util.List.of()));
            engine = QuotaEngine.create(store, catalog, entitlements, audit, new FixedNodes(), clock, QuotaSettings.defaults());
            data = new EntitlementData(settings, catalog, entitlements, customers, FixedWindowQuotaService.of(engine),
                    new FixedSecrets(), audit, clock);
        }

        Entitlement joins(String tier) {
            return entitlements.grant(id, "finder", tier, "test");
        }

        int uses(int calls) {
            int allowed = 0;
            for (int i = 0; i < calls; i++) {
                allowed += engine.decide(AccessRequest.one(new Subject.User(id), "finder", "search")) instanceof Decision.Allowed ? 1 : 0;
            }
            return allowed;
        }

        void leaves() {
            data.erase(id, id);
            engine.close();
        }
    }

    private Life life(String email) {
        return new Life(email);
    }

    @Test
    void findsTheUnitsUsedThatWereUsedBefore() {
        Life first = life("ann@example.com");
        Entitlement before = first.joins("registered");
        assertThat(first.uses(4)).isEqualTo(4);
        clock.advance(Duration.ofDays(1));
        assertThat(first.uses(3)).isEqualTo(3);
        first.leaves();

        Life second = life("ann@example.com");
        Entitlement after = second.joins("registered");
        assertThat(second.id).isNotEqualTo(first.id);
        assertThat(store.scan(Table.SYSTEM, 100, null).items().toString()).as("no longer needed").doesNotContain("former#");
        assertThat(after.since()).as("validity goes on").isEqualTo(before.since());
        assertThat(after.createdAt()).isEqualTo(clock.instant());
        assertThat(second.uses(20)).as("7 of 10 for life are used, 3 of 6 of today").isEqualTo(3);
    }

    @Test
    void findsTheDayUsedUpAndTheNextOneNew() {
        Life first = life("ann@example.com");
        first.joins("registered");
        assertThat(first.uses(6)).isEqualTo(6);
        first.leaves();

        Life second = life("ann@example.com");
        second.joins("registered");
        assertThat(second.uses(9)).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(second.uses(9)).isEqualTo(4);
    }

    @Test
    void comesBackToATierThatHasEnded() {
        Life first = life("ann@example.com");
        first.joins("registered");
        clock.advance(Duration.ofDays(14));
        first.leaves();
        clock.advance(Duration.ofDays(2));

        Life second = life("ann@example.com");
        second.joins("registered");

        assertThat(second.uses(3)).isZero();
    }

    @Test
    void isRememberedThroughASecondDeletionAndAtMostAYear() {
        Life first = life("ann@example.com");
        first.joins("registered");
        first.leaves();
        Life second = life("ann@example.com");
        second.joins("registered");
        second.leaves();
        clock.advance(Duration.ofDays(100));
        Life third = life("ann@example.com");
        third.joins("registered");
        assertThat(third.uses(3)).isZero();
        third.leaves();

        clock.advance(Duration.ofDays(366));
        Life fourth = life("ann@example.com");
        fourth.joins("registered");
        assertThat(fourth.uses(3)).isEqualTo(3);
    }

    @Test
    void concernsNobodyElseAndNoOtherTier() {
        Life first = life("ann@example.com");
        first.joins("registered");
        first.uses(6);
        first.leaves();

        Life other = life("bob@example.com");
        other.joins("registered");
        assertThat(other.uses(9)).isEqualTo(6);
        clock.advance(Duration.ofHours(1));
        Life paying = life("ann@example.com");
        assertThat(paying.entitlements.changeTier(paying.id, "finder", "pro", "test").entitlement().since()).isEqualTo(clock.instant());
        assertThat(paying.uses(9)).isEqualTo(9);
    }

    @Test
    void doesNotEscapeWhatAnOperatorStopped() {
        Life first = life("ann@example.com");
        first.joins("registered");
        first.entitlements.setStatus(first.id, "finder", Entitlement.Status.SUSPENDED, "admin");
        first.leaves();

        Life second = life("ann@example.com");
        assertThat(second.joins("pro").active()).as("at another tier either").isFalse();
        second.leaves();
        Life third = life("ann@example.com");
        assertThat(third.joins("pro").active()).isFalse();
        assertThat(third.entitlements.setStatus(third.id, "finder", Entitlement.Status.ACTIVE, "admin").active()).isTrue();
        third.leaves();
        assertThat(life("ann@example.com").joins("pro").active()).as("let in again").isTrue();
    }

    @Test
    void isFoundByNobodyWhoReadsTheStore() {
        Life first = life("ann@example.com");
        first.joins("registered");
        first.uses(2);
        first.leaves();

        assertThat(store.scan(Table.SYSTEM, 100, null).items().stream().filter(item -> item.attributes().containsKey("used")))
                .singleElement().satisfies(item -> {
            assertThat(item.key().pk()).matches("former#[0-9a-f]{64}");
            assertThat(item.attributes()).containsOnlyKeys("tier", "since", "status", "used", "ttl");
            assertThat(item.toString()).doesNotContain(first.id, "ann@", "finder");
        });
    }
}
