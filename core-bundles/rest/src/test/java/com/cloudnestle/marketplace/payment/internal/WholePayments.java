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
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The payments as they are, over a store in memory; what a notification asks for is done before it is answered. */
public final class WholePayments {

    private static final String FINDER = "finder";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    public final Payments payments;

    private final InMemoryStore data;
    private final InMemoryEntitlements entitlements;
    private final InMemoryCustomers customers;
    private final InstalledGateways installed;
    private final Parts parts;
    private final String ann;

    public WholePayments(ManualClock clock, List<PaymentGateway> gateways) {
        Limit unlimited = new Limit("search", new Window.Lifetime(), Limit.UNLIMITED);
        InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of(FINDER, "Finder", "Finds things.", "search").withTiers(
                TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 3)),
                TierPlan.of("registered", new Limit("search", new Window.Lifetime(), 10)),
                TierPlan.of("pro", unlimited).priced(new Price(99_900, "INR", "month"))));
        customers = new InMemoryCustomers(clock);
        RecordingAuditLog audit = new RecordingAuditLog(clock);
        data = new InMemoryStore(clock);
        entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
        ann = customers.findOrCreate("ann@example.com").id();
        entitlements.grant(ann, FINDER, "registered", "test");
        TaxRules taxes = TaxRules.of("IN", "29", "", List.of(TaxRate.parse("2017-07-01 IN GST 1800")), true);
        installed = new InstalledGateways(gateways);
        parts = new Parts(
                new Parts.Platform(data, new StoredLedger(data, data), catalog, customers, entitlements, audit, clock, "node_1",
                        new RecordingMailer(), new InMemoryAccounts(clock)),
                installed, new PaymentSettings(taxes, false, false, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2),
                        DocumentRules.of(taxes, "", DocumentRules.INVOICES, DocumentRules.CREDIT_NOTES)),
                new PublicAddress(Map.of("public_url", "https://market.example"), name -> null), Runnable::run);
        payments = new PaymentsComponent(parts);
    }

    public void arrives(PaymentGateway gateway) {
        installed.addGateway(gateway, Map.of());
    }

    public void leaves(PaymentGateway gateway) {
        installed.removeGateway(gateway);
    }

    /** Looks for work once, as is done every few seconds. */
    public void work() {
        parts.worker.round();
    }

    /** Of somebody with this address, who is new. */
    public Payment begin(String gateway, String email) {
        String customer = customers.findOrCreate(email).id();
        entitlements.grant(customer, FINDER, "registered", "test");
        return payments.initiate(new Payments.Purchase(customer, FINDER, "pro", new Buyer("Ann", "IN", "29", "", ""), gateway, null, "key"));
    }

    /** Whose payments are begun where nobody else is named. */
    public String ann() {
        return ann;
    }

    /** The tier of the customer that it is of. */
    public String tier(Payment payment) {
        return entitlements.find(payment.customerId(), FINDER).map(Entitlement::tier).orElse("none");
    }

    /** How many notifications were taken in. */
    public long notifications() {
        return all().stream().filter(item -> item.key().sk().equals("webhook")).count();
    }

    public Payment begin(String gateway) {
        return payments.initiate(new Payments.Purchase(ann, FINDER, "pro", new Buyer("Ann", "IN", "29", "", ""), gateway, null,
                "key" + NUMBERS.incrementAndGet()));
    }

    public Payment.State state(Payment payment) {
        return payments.find(payment.customerId(), payment.id()).state();
    }

    public String tier() {
        return entitlements.find(ann, FINDER).map(Entitlement::tier).orElse("none");
    }

    /** How many things are recorded about payments. */
    public int records() {
        return all().size();
    }

    private List<Item> all() {
        List<Item> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = data.scan(Table.PAYMENT_TRANSACTIONS, 1000, cursor.orElse(null));
            found.addAll(page.items());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }
}
