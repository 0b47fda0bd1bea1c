package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.testing.InMemoryApiKeys;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryQuota;
import com.cloudnestle.marketplace.testing.InMemorySessions;
import com.cloudnestle.marketplace.testing.InMemoryTokens;
import com.cloudnestle.marketplace.testing.InMemoryUserKeys;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The core services in memory: two solutions, an admin key, a clock that stands at a quarter to midnight. */
public final class Services {

    public static final String ADMIN_KEY = "adm_for-tests-only-0123456789abcdef";
    public static final String FINDER = "aws-solution-finder";
    public static final String COUNTER = "word-count";
    public static final Instant START = Instant.parse("2026-03-10T23:45:00Z");

    public final ManualClock clock = new ManualClock(START);
    public final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of(FINDER, "AWS Solution Finder", "Finds AWS services.", "search")
                    .withAliases("faiss").withCategory("Cloud").withStartPath("search"),
            new SolutionDescriptor(COUNTER, List.of(), "Word count", "Counts <words>.", "Text",
                    List.of(new Meter("count", "text"), new Meter("export", "page")), "daily", List.of(), "", Optional.empty()),
            SolutionDescriptor.of("timed", "Timed", "Tokens expire.", "use").withTokenLifetimeDays(10));
    public final RecordingAuditLog audit = new RecordingAuditLog(clock);
    public final InMemoryCustomers customers = new InMemoryCustomers(clock);
    public final InMemoryApiKeys keys = new InMemoryApiKeys(catalog, clock, ADMIN_KEY);
    public final InMemoryEntitlements entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
    public final InMemoryTokens tokens = new InMemoryTokens(catalog, entitlements, audit, clock);
    public final InMemoryQuota quota = new InMemoryQuota(catalog, entitlements, clock);
    public final InMemorySessions sessions = new InMemorySessions(clock);
    public final InMemoryUserKeys userKeys = new InMemoryUserKeys(entitlements, clock);
    public final FakeAccounts accounts = new FakeAccounts(customers, sessions, clock);
    public final Visitors visitors = (address, device) -> {
        if (!address.matches("[0-9a-f.:]+")) {
            throw MarketplaceException.invalid("ip", "is not an address");
        }
        return new Subject.Visitor("anon_" + address.replaceAll("[.:]", "-") + "_" + device);
    };

    private final AtomicInteger people = new AtomicInteger();

    /** A customer nobody else uses. */
    public Customer person() {
        return customers.findOrCreate("person" + people.incrementAndGet() + "@example.com");
    }

    /** A new customer's token for the solution at the tier. */
    public String token(String solutionId, String tier) {
        return token(person(), solutionId, tier);
    }

    public String token(Customer customer, String solutionId, String tier) {
        entitlements.grant(customer.id(), solutionId, tier, "test");
        return tokens.issue(customer.id(), solutionId, "test").token();
    }

    /** A fresh key of the solution. */
    public String key(String solutionId) {
        return keys.issueSolutionKey(solutionId, "test", "test").secret();
    }
}
