package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.EntitlementServiceContract;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StoredEntitlementsTest extends EntitlementServiceContract {

    private final ManualClock now = new ManualClock(Instant.parse("2026-03-01T12:00:00.123456789Z"));
    private final InMemoryStore store = new InMemoryStore(now);
    private final RecordingAuditLog log = new RecordingAuditLog(now);
    private final InMemoryCustomers people = new InMemoryCustomers(now);
    private final String ann = people.findOrCreate("ann@example.com").id();
    private final InMemoryCatalog solutions =
            InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder", "Finds.", "search"));
    private final StoredEntitlements entitlements = Caches.entitlements(Caches.of(store), solutions, people, log, now);
    private final ContestedStore contested = new ContestedStore(store);
    /** The same service on a store where somebody else may be faster. */
    private final StoredEntitlements late = Caches.entitlements(Caches.of(contested), solutions, people, log, now);

    @Override
    protected EntitlementService service(
            CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock) {
        return Caches.entitlements(Caches.of(new InMemoryStore(clock)), catalog, customers, audit, clock);
    }

    @Test
    void keepsTheDocumentedFormat() {
        entitlements.grant(ann, "finder", "registered", "admin");
        now.set(Instant.parse("2026-03-02T12:00:00Z"));
        entitlements.changeTier(ann, "finder", "pro", "admin");

        assertThat(item().attributes())
                .containsEntry("solution_id", "finder")
                .containsEntry("accessTier", "pro")
                .containsEntry("status", "active")
                .containsEntry("createdAt", "2026-03-01T12:00:00.123Z")
                .containsEntry("updatedAt", "2026-03-02T12:00:00Z")
                .containsEntry("since", "2026-03-02T12:00:00Z");
    }

    @Test
    void isThereForTheNextProcess() {
        Entitlement granted = entitlements.grant(ann, "finder", "registered", "admin");
        entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin");

        Entitlement found = Caches.entitlements(Caches.of(store), solutions, people, log, now).find(ann, "finder").orElseThrow();

        assertThat(found.id()).isEqualTo(granted.id());
        assertThat(found.active()).isFalse();
    }

    @Test
    void leavesTheTokenAloneWhenTheTierChanges() {
        entitlements.grant(ann, "finder", "registered", "admin");
        store.update(item().key(), Update.builder().set("tokenHash", "abc").build(), Condition.itemExists());

        entitlements.changeTier(ann, "finder", "pro", "admin");

        assertThat(item().string("tokenHash")).contains("abc");
    }

    @Test
    void changesAnItemThatCameWithoutAVersion() {
        entitlements.grant(ann, "finder", "registered", "admin");
        store.update(item().key(), Update.builder().remove("version").build(), Condition.itemExists());

        assertThat(entitlements.changeTier(ann, "finder", "pro", "admin").changed()).isTrue();
    }

    @Test
    void refusesACursorThatWasNotGivenOut() {
        entitlements.grant(ann, "finder", "registered", "admin");

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> entitlements.ofSolution("finder", 10, "*not a cursor*"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD));
    }

    @Test
    void leavesTheEntitlementThatSomebodyElseGrantedFirst() {
        contested.beforeNextWrite(() -> entitlements.grant(ann, "finder", "pro", "console"));

        assertThat(late.grant(ann, "finder", "registered", "admin").tier()).isEqualTo("pro");
        assertThat(log.entries()).extracting(entry -> entry.actor()).containsExactly("console");
    }

    @Test
    void tellsTheTierThatWasReallyBefore() {
        entitlements.grant(ann, "finder", "registered", "admin");
        contested.beforeNextWrite(() -> entitlements.changeTier(ann, "finder", "pro", "console"));

        assertThat(late.changeTier(ann, "finder", "enterprise", "admin").previousTier()).contains("pro");
        assertThat(log.events()).containsExactly("entitlement.granted", "tier.changed", "tier.changed");
    }

    @Test
    void changesTheTierOfAnEntitlementThatSomebodyElseGrantedMeanwhile() {
        contested.beforeNextWrite(() -> entitlements.grant(ann, "finder", "registered", "console"));

        assertThat(late.changeTier(ann, "finder", "pro", "admin").previousTier()).contains("registered");
    }

    @Test
    void recordsASuspensionOnceWhenSomebodyElseWasFaster() {
        entitlements.grant(ann, "finder", "registered", "admin");
        contested.beforeNextWrite(() -> entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "console"));

        assertThat(late.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin").active()).isFalse();
        assertThat(log.events()).containsExactly("entitlement.granted", "entitlement.suspended");
    }

    @Test
    void losesNoTierChangeWhenItSuspends() {
        entitlements.grant(ann, "finder", "registered", "admin");
        contested.beforeNextWrite(() -> entitlements.changeTier(ann, "finder", "pro", "console"));

        Entitlement after = late.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin");

        assertThat(after.tier()).isEqualTo("pro");
        assertThat(after.active()).isFalse();
    }

    private Item item() {
        Key key = new Key(Table.ENTITLEMENTS, "user#" + ann.substring("cus_".length()), "solution#finder");
        return store.get(key).orElseThrow();
    }
}
