package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.testing.InMemoryAccounts;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What outlives processes: data, time, people and the provider. */
final class World {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String FINDER = "finder";
    static final Buyer BUYER = new Buyer("Ann", "IN", "29", "", "1 Lake Road");
    static final Money TOTAL = new Money(117_882, "INR");
    static final Map<String, String> RIGHT = Map.of("signature", "right");

    final ManualClock clock;
    final Store data;
    final Provider provider = new Provider();
    final List<PaymentGateway> gateways = new ArrayList<>(List.of(provider));
    final InMemoryCatalog catalog = InMemoryCatalog.of(finder(99_900));
    final InMemoryCustomers customers;
    final RecordingAuditLog audit;
    final InMemoryEntitlements entitlements;
    final RecordingMailer mailer = new RecordingMailer();
    final InMemoryAccounts accounts;
    final String ann;
    final AtomicReference<@Nullable Runnable> beforeTierChange = new AtomicReference<>();
    boolean refundLate;
    boolean production;

    World() {
        this(new ManualClock(NOON));
    }

    World(ManualClock clock) {
        this(clock, new InMemoryStore(clock, true));
    }

    World(ManualClock clock, Store data) {
        this.clock = clock;
        this.data = data;
        customers = new InMemoryCustomers(clock);
        audit = new RecordingAuditLog(clock);
        entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
        accounts = new InMemoryAccounts(clock);
        ann = customers.findOrCreate("ann@example.com").id();
        entitlements.grant(ann, FINDER, "registered", "system");
    }

    /** Sells {@code pro} for this price and {@code enterprise} for twice as much. */
    static SolutionDescriptor finder(long minor) {
        Limit unlimited = new Limit("search", new Window.Lifetime(), Limit.UNLIMITED);
        return SolutionDescriptor.of(FINDER, "Finder", "Finds things.", "search").withTiers(
                TierPlan.of("anonymous", new Limit("search", new Window.Lifetime(), 3)),
                TierPlan.of("registered", new Limit("search", new Window.Lifetime(), 10)),
                TierPlan.of("pro", unlimited).priced(new Price(minor, "INR", "month")),
                TierPlan.of("enterprise", unlimited).priced(new Price(minor * 2, "INR", "month")));
    }

    static final DocumentRules DOCUMENTS = DocumentRules.of(india(), "", DocumentRules.INVOICES, DocumentRules.CREDIT_NOTES);

    static TaxRules india() {
        return TaxRules.of("IN", "29", "", List.of(TaxRate.parse("2017-07-01 IN GST 1800")), true);
    }

    /** One node, from its start to its end. */
    final class Process {

        final Parts parts;
        final Payments payments;
        final StoredLedger ledger;

        Process(Mortal life) {
            this(life, data);
        }

        Process(Mortal life, Store outside) {
            Store store = life.sees(Store.class, outside);
            ledger = new StoredLedger(store, (StoreScan) data);
            PaymentSettings settings = new PaymentSettings(
                    india(), refundLate, production, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2), DOCUMENTS);
            Parts.Platform platform = new Parts.Platform(store, ledger, catalog, customers,
                    life.sees(EntitlementService.class, contested()), life.sees(AuditLog.class, audit), clock, "node_" + life.hashCode(),
                    life.sees(Mailer.class, mailer), accounts);
            List<PaymentGateway> seen = gateways.stream().map(gateway -> life.sees(PaymentGateway.class, gateway)).toList();
            parts = new Parts(platform, new InstalledGateways(seen), settings,
                    new PublicAddress(Map.of("public.url", "https://market.example"), name -> null), Runnable::run);
            payments = new PaymentsComponent(parts);
        }

        Payment initiate(String key) {
            return payments.initiate(purchase(key));
        }

        Payment verify(Payment payment) {
            return payments.verify(ann, payment.id(), new ReturnProof(RIGHT));
        }

        /** Goes through time, looking for work as often as there is some. */
        void pass(Duration time, Duration step) {
            Instant end = clock.instant().plus(time);
            while (clock.instant().isBefore(end)) {
                clock.advance(step);
                parts.worker.round();
            }
        }

        Payment find(Payment payment) {
            return payments.find(payment.customerId(), payment.id());
        }
    }

    /** Something happens just before the next change of a tier. */
    private EntitlementService contested() {
        return (EntitlementService) Proxy.newProxyInstance(World.class.getClassLoader(), new Class<?>[] {EntitlementService.class},
                (proxy, method, arguments) -> {
                    Runnable act = method.getName().equals("changeTier") ? beforeTierChange.getAndSet(null) : null;
                    if (act != null) {
                        act.run();
                    }
                    return method.invoke(entitlements, arguments);
                });
    }

    Process start() {
        return new Process(Mortal.immortal());
    }

    Purchase purchase(String key) {
        return new Purchase(ann, FINDER, "pro", BUYER, null, null, key);
    }

    String tier() {
        return entitlements.find(ann, FINDER).map(Entitlement::tier).orElse("none");
    }

    long audited(String event) {
        return audit.events().stream().filter(event::equals).count();
    }

    /** That every paisa is accounted for: what the provider has of ours is what the book says. */
    void assertBalanced() {
        var report = start().ledger.check();
        assertThat(report.problems()).isEmpty();
        long sum = report.balances().values().stream().flatMap(List::stream).mapToLong(Money::minor).sum();
        assertThat(sum).as("sum of all accounts").isZero();
        long collected = provider.orders.values().stream().filter(order -> order.charges > 0)
                .mapToLong(order -> order.amount.minus(order.refunded()).minor()).sum();
        assertThat(balance("assets:gateway:lab:acc_1").minor()).as("what the provider holds").isEqualTo(collected);
    }

    Money balance(String account) {
        return Optional.ofNullable(start().ledger.check().balances().get(account)).map(list -> list.get(0))
                .orElse(Money.zero("INR"));
    }
}
