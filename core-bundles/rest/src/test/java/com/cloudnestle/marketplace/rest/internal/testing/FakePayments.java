package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Payments that are kept in memory, cost what pro costs, and are paid by the proof {@code signature=right}. Who has paid for a
 * tier cannot buy it again. Refunds of what was paid are made at once.
 */
public final class FakePayments implements Payments {

    public static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    public static final Checkout.Script SCRIPT = new Checkout.Script(
            URI.create("https://scripts.example/checkout.js"), "lab.js", Map.of("key", "</script><b>", "order", "order_1"));

    public final List<RawWebhook> webhooks = new ArrayList<>();
    public final List<Purchase> purchases = new ArrayList<>();
    public final List<String> acts = new ArrayList<>();
    public Checkout.Action action = new Checkout.Redirect(URI.create("https://pay.example/1"));
    /** Of the next quotes. */
    public Optional<Quote.Credit> credit = Optional.empty();
    public Optional<Instant> startsAt = Optional.empty();
    /** What is done with a notification before it counts as taken. */
    public volatile BiConsumer<Optional<String>, RawWebhook> onWebhook = (gateway, webhook) -> {};

    private final Map<String, Payment> known = new TreeMap<>();
    private final Map<String, List<Refund>> refunds = new TreeMap<>();

    @Override
    public synchronized Quote quote(@Nullable String customerId, String solutionId, String tier, Buyer buyer) {
        if (!tier.equals("pro")) {
            throw new MarketplaceException(Problem.TIER_UNKNOWN, "This tier is not sold.");
        }
        if (customerId != null && startsAt.isEmpty() && holdings(customerId).stream().anyMatch(held -> held.solutionId().equals(solutionId))) {
            throw new MarketplaceException(Problem.CONFLICT, "This is paid for until 2026-04-10T12:00:00Z.");
        }
        Money net = new Money(99_900, "INR").minus(credit.map(Quote.Credit::amount).orElse(Money.zero("INR")));
        Money tax = new Money(net.minor() * 18 / 100, "INR");
        return new Quote(solutionId, tier, "month", net, List.of(new Quote.TaxLine("IGST", 1800, tax)), net.plus(tax), credit, startsAt);
    }

    @Override
    public synchronized List<Offer> offers(String solutionId, Money amount) {
        return List.of(new Offer("lab", "Lab", List.of("UPI"), true));
    }

    @Override
    public synchronized Payment initiate(Purchase purchase) {
        purchases.add(purchase);
        Payment begun = known.get("pay_" + purchase.idempotencyKey());
        if (begun != null) {
            return begun;
        }
        Payment payment = new Payment("pay_" + purchase.idempotencyKey(), purchase.customerId(),
                quote(purchase.customerId(), purchase.solutionId(), purchase.tier(), purchase.buyer()), purchase.buyer(), State.OPEN, "lab", "acc_1",
                Optional.of("order_1"), Optional.of(action), Money.zero("INR"), NOON, NOON.plus(Duration.ofMinutes(15)),
                Optional.empty(), "", "", Optional.ofNullable(purchase.returnUrl()), Optional.empty(), Optional.empty());
        known.put(payment.id(), payment);
        return payment;
    }

    @Override
    public synchronized Payment find(String customerId, String paymentId) {
        return Optional.ofNullable(known.get(paymentId)).filter(payment -> payment.customerId().equals(customerId))
                .orElseThrow(() -> new MarketplaceException(Problem.PAYMENT_UNKNOWN, "There is no such payment."));
    }

    @Override
    public synchronized Payment verify(String customerId, String paymentId, ReturnProof proof) {
        Payment payment = find(customerId, paymentId);
        if (proof.parameters().isEmpty()) {
            return payment;
        }
        if (!"right".equals(proof.parameters().get("signature"))) {
            throw new MarketplaceException(Problem.PAYMENT_PROOF_INVALID, "This does not prove the payment.");
        }
        Payment paid = new Payment(payment.id(), payment.customerId(), payment.quote(), payment.buyer(), State.PAID,
                payment.gateway(), payment.account(), payment.providerOrderId(), Optional.empty(), payment.refunded(),
                payment.createdAt(), payment.expiresAt(), Optional.of(NOON.plusSeconds(60)), "UPI", "", payment.returnUrl(),
                Optional.of(new Payment.Term(NOON.plusSeconds(60), NOON.plus(Duration.ofDays(31)))), Optional.of("INV/25-26/000001"));
        known.put(paymentId, paid);
        return paid;
    }

    @Override
    public synchronized Receipt receipt(String customerId, String paymentId) {
        return new Receipt(find(customerId, paymentId),
                refunds(paymentId).stream().flatMap(refund -> refund.creditNote().stream()).toList());
    }

    @Override
    public synchronized List<Holding> holdings(String customerId) {
        return known.values().stream().filter(payment -> payment.customerId().equals(customerId))
                .flatMap(payment -> payment.term().stream().map(term -> new Holding(payment.quote().solutionId(),
                        payment.quote().tier(), payment.id(), term.until(), term.from())))
                .toList();
    }

    @Override
    public synchronized PaymentPage history(String customerId, int limit, @Nullable String cursor) {
        acts.add("history " + limit + " " + cursor);
        List<Payment> own = known.values().stream().filter(payment -> payment.customerId().equals(customerId)).toList();
        return new PaymentPage(own.stream().limit(limit).toList(), own.size() > limit ? Optional.of("more") : Optional.empty());
    }

    @Override
    public void accept(Optional<String> gateway, RawWebhook webhook) {
        onWebhook.accept(gateway, webhook);
        synchronized (this) {
            webhooks.add(webhook);
        }
    }

    @Override
    public synchronized PaymentDetail inspect(String paymentId) {
        Payment payment = known.values().stream()
                .filter(each -> each.id().equals(paymentId) || each.invoiceNumber().filter(paymentId::equals).isPresent()).findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.PAYMENT_UNKNOWN, "There is no such payment."));
        return new PaymentDetail(payment, List.of(new Event(NOON, "payment.created", payment.customerId(), Map.of("tier", "pro"))),
                refunds(paymentId));
    }

    private List<Refund> refunds(String paymentId) {
        return List.copyOf(refunds.getOrDefault(paymentId, List.of()));
    }

    @Override
    public synchronized PaymentPage search(@Nullable State state, @Nullable String customerId, int limit, @Nullable String cursor) {
        acts.add("search " + state + " " + customerId + " " + limit + " " + cursor);
        return new PaymentPage(known.values().stream()
                .filter(payment -> state == null || payment.state() == state)
                .filter(payment -> customerId == null || payment.customerId().equals(customerId)).toList(), Optional.empty());
    }

    @Override
    public synchronized PaymentDetail reconcile(String paymentId, String actor) {
        PaymentDetail detail = inspect(paymentId);
        acts.add("reconcile " + paymentId + " " + actor);
        return detail;
    }

    @Override
    public synchronized PaymentDetail refund(String paymentId, Optional<Money> amount, String reason, String idempotencyKey, String actor) {
        Payment payment = inspect(paymentId).payment();
        acts.add("refund " + amount.map(Money::toString).orElse("all") + " " + idempotencyKey + " " + actor);
        Money back = amount.orElse(payment.quote().total());
        Money tax = new Money(back.minor() * 18 / 118, "INR");
        Optional<CreditNote> note = payment.invoiceNumber().map(invoice -> new CreditNote("CRN/25-26/000001", invoice, NOON,
                back.minus(tax), List.of(new Quote.TaxLine("IGST", 1800, tax)), back));
        refunds.computeIfAbsent(paymentId, id -> new ArrayList<>()).add(new Refund("rfd_" + idempotencyKey, back,
                note.isPresent() ? RefundSnapshot.State.PROCESSED : RefundSnapshot.State.PENDING, reason, actor, NOON, note));
        return inspect(paymentId);
    }

    @Override
    public synchronized List<GatewayStatus> gateways() {
        return List.of(new GatewayStatus("lab", "acc_1", "Lab", true, "moves no money"));
    }
}
