package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.lang.annotation.Annotation;
import java.time.Instant;

/** A handover over a store in memory: a solution with a page elsewhere, one with none, and one that wants tokens in addresses. */
final class Handovers {

    static final String PAGE = "https://finder.example/app?q=1";

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    final InMemoryStore store = new InMemoryStore(clock);
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemoryCustomers customers = new InMemoryCustomers(clock);
    final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss").withStartPath("search")
                    .withOrigins("https://finder.example", "http://localhost:3000"),
            SolutionDescriptor.of("plain", "Plain", "Counts.", "count"),
            SolutionDescriptor.of("simple", "Simple", "Old pages.", "use").withOrigins("https://simple.example").withTokenInUrl());
    final EntitlementService entitlements = Caches.entitlements(Caches.of(store), catalog, customers, audit, clock);
    final SolutionTokens tokens = Caches.tokens(Caches.of(store), catalog, customers, new FixedSecrets(), audit, clock);
    final String ann = customers.findOrCreate("ann+x@example.com").id();

    StoredHandover handover() {
        return handover("https://market.example", "plain https://plain.example, plain https://two.example:8443");
    }

    StoredHandover handover(String publicUrl, String origins) {
        return new StoredHandover(Caches.of(store), catalog, entitlements, tokens,
                new HandoverOrigins(config(publicUrl, origins)), clock);
    }

    static HandoverOrigins.Config config(String publicUrl, String origins) {
        return new HandoverOrigins.Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return HandoverOrigins.Config.class;
            }

            @Override
            public String public__url() {
                return publicUrl;
            }

            @Override
            public String origins() {
                return origins;
            }

            @Override
            public String token__in__url() {
                return "";
            }
        };
    }
}
