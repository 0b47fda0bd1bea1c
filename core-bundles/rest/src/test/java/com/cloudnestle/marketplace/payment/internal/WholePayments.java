package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The payments as they are, over a store in memory; what a notification asks for is done before it is answered. */
public final class WholePayments {

    private static final String FINDER = "finder";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    public final Payments payments;

    private final InMemoryStore data;
    private final InMemoryEntitlements entitlements;
    private final String ann;

    public WholePayments(ManualClock clock, List<PaymentGateway> gateways) {
        Limit unlimited = new Limit("search", new Window.Lifetime(), Limit.UNLIMITED);
        InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of(FINDER, "Finder", "Finds things.", "search").withTiers(
                TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 3)),
                TierPlan.of("registered", new Limit("search", new Window.Lifetime(), 10)),
                TierPlan.of("pro", unlimited).priced(new Price(99_900, "INR", "month"))));
        InMemoryCustomers customers = new InMemoryCustomers(clock);
        RecordingAuditLog audit = new RecordingAuditLog(clock);
        data = new InMemoryStore(clock);
        entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
        ann = customers.findOrCreate("ann@example.com").id();
        entitlements.grant(ann, FINDER, "registered", "test");
        TaxRules taxes = TaxRules.of("IN", "29", "", List.of(TaxRate.parse("2017-07-01 IN GST 1800")), true);
        payments = new PaymentsComponent(new Parts(
                new Parts.Platform(data, new StoredLedger(data, data), catalog, customers, entitlements, audit, clock, "node_1"),
                new InstalledGateways(gateways),
                new PaymentSettings(taxes, false, false, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2)),
                new PublicAddress(Map.of("public_url", "https://market.example"), name -> null), Runnable::run));
    }

    public Payment begin(String gateway) {
        return payments.initiate(new Payments.Purchase(ann, FINDER, "pro", new Buyer("Ann", "IN", "29", "", ""), gateway, null,
                "key" + NUMBERS.incrementAndGet()));
    }

    public Payment.State state(Payment payment) {
        return payments.find(ann, payment.id()).state();
    }

    public String tier() {
        return entitlements.find(ann, FINDER).map(Entitlement::tier).orElse("none");
    }

    /** How many things are recorded about payments. */
    public int records() {
        return data.scan(Table.PAYMENT_TRANSACTIONS, 1000, null).items().size();
    }
}
