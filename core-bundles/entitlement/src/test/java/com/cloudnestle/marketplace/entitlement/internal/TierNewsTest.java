package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.TierListener;
import com.cloudnestle.marketplace.entitlement.TierListener.Raise;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TierNewsTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final String ann = customers.findOrCreate("ann@example.com").id();
    private final InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder", "Finds.", "search"));
    private final List<Raise> told = new ArrayList<>();
    private final StoredEntitlements entitlements = over(store);

    private StoredEntitlements over(Store throughStore) {
        return Caches.entitlements(Caches.of(throughStore), catalog, customers, new RecordingAuditLog(clock), clock);
    }

    private void round(TierListener... listeners) {
        new TierNews(store, List.of(listeners)).round();
    }

    @Test
    void isToldOnceForEachRiseAndForNothingElse() {
        entitlements.grant(ann, "finder", "registered", "admin");
        entitlements.changeTier(ann, "finder", "registered", "admin");
        entitlements.changeTier(ann, "finder", "pro", "admin");
        entitlements.changeTier(ann, "finder", "pro", "admin");
        entitlements.changeTier(ann, "finder", "registered", "admin");
        clock.advance(Duration.ofMinutes(1));
        entitlements.changeTier(ann, "finder", "enterprise", "admin");

        round(told::add);
        round(told::add);

        assertThat(told).extracting(raise -> raise.previousTier().orElse("-") + ">" + raise.tier())
                .containsExactly("registered>pro", "registered>enterprise");
        assertThat(told).extracting(Raise::id).doesNotHaveDuplicates();
        assertThat(told.get(0)).isEqualTo(new Raise(told.get(0).id(), ann, "finder", Optional.of("registered"), "pro",
                Instant.parse("2026-03-01T12:00:00Z")));
        assertThat(store.scan(Table.SYSTEM, 100, null).items().toString()).doesNotContain("tier-news");
    }

    @Test
    void isToldOfAnEntitlementThatBeginsAboveTheFirstTier() {
        entitlements.changeTier(ann, "finder", "pro", "admin");
        entitlements.changeTier(customers.findOrCreate("bob@example.com").id(), "finder", "registered", "admin");

        round(told::add);

        assertThat(told).extracting(Raise::tier).containsExactly("pro");
    }

    @Test
    void waitsForListenersAndForThoseThatFail() {
        entitlements.changeTier(ann, "finder", "pro", "admin");

        round();
        round(raise -> {
            throw new IllegalStateException("no mail can be accepted");
        });
        round(told::add);

        assertThat(told).hasSize(1);
    }

    @Test
    void isKeptWithTheChangeSoThatNoCrashLosesIt() {
        entitlements.grant(ann, "finder", "registered", "admin");
        // Read, then the one write that changes and tells; dead at once, nobody was told.
        for (int dieAt = 1; dieAt < 10; dieAt++) {
            DyingStore mortal = new DyingStore(store, dieAt, DyingStore.Last.DONE);
            mortalWorld(mortal);
            if (entitlements.ofCustomer(ann).get(0).tier().equals("pro")) {
                round(told::add);
                assertThat(told).extracting(Raise::tier).containsExactly("pro");
                return;
            }
        }
        throw new AssertionError("the change was never made");
    }

    /** A process of which it is known how it ends. */
    private void mortalWorld(DyingStore mortal) {
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> over(mortal).changeTier(ann, "finder", "pro", "admin"));
    }

    @Test
    void endsAfterAWeekNobodyListened() {
        entitlements.changeTier(ann, "finder", "pro", "admin");
        clock.advance(Duration.ofDays(7));

        round(told::add);

        assertThat(told).isEmpty();
    }
}
