package com.cloudnestle.marketplace.testing.gateway;

import static com.cloudnestle.marketplace.payment.GatewayException.Kind.AUTHENTICATION;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.DUPLICATE;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.FORBIDDEN;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.NOT_CONTACTED;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.NOT_FOUND;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.OUTCOME_UNKNOWN;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.RATE_LIMITED;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.UNSUPPORTED;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Deed;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Fault;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import com.cloudnestle.marketplace.testing.gateway.Trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How money is given back. */
final class RefundCases {

    static final List<Case> ALL = all();

    private RefundCases() {}

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>(List.of(
                new Case("all that was paid can be given back, and the payment stays captured", RefundCases::whole),
                new Case("a payment can be given back in parts, or that is refused", RefundCases::parts),
                new Case("more than was paid is never given back", RefundCases::tooMuch),
                new Case("a refund asked for twice is made once", RefundCases::twice),
                new Case("a refund asked for again with another amount is made once", RefundCases::otherAmount),
                new Case("a refund asked for by many at once is made once", RefundCases::atOnce),
                new Case("what nobody paid is not given back", RefundCases::unpaid),
                new Case("a refund that waits is not told as done", RefundCases::waits),
                new Case("a refund that failed is told as failed", RefundCases::failed),
                new Case("a refund nobody asked for is not found", RefundCases::unknown),
                new Case("the refund of another payment is not taken for this one", RefundCases::others),
                new Case("a refund that reaches nobody can be repeated", trial -> repeatable(trial, Fault.REFUSED)),
                new Case("a refund that comes too often can be repeated", trial -> repeatable(trial, Fault.TOO_MANY)),
                new Case("a refund with credentials that are refused can be repeated", trial -> repeatable(trial, Fault.NOT_KNOWN))));
        List<Case> faults = new ArrayList<>();
        TroubleCases.ACTED.forEach((fault, what) -> faults.add(new Case("a refund " + what + " is made once and found", t -> acted(t, fault))));
        TroubleCases.NOT_ACTED.forEach((fault, what) -> faults.add(new Case("a refund " + what + " can be repeated", t -> repeatable(t, fault))));
        faults.sort((a, b) -> a.name().compareTo(b.name()));
        cases.addAll(faults);
        return List.copyOf(cases);
    }

    private static Outcome<RefundSnapshot> refund(Trial trial, RefundRequest request) {
        return trial.outcome(() -> trial.gateway.refund(request));
    }

    private static Outcome<RefundSnapshot> fetch(Trial trial, RefundRequest request, Optional<String> providerRefundId) {
        return trial.outcome(() -> trial.gateway.fetchRefund(request, providerRefundId));
    }

    private static RefundRequest whole(Trial trial, Opened paid) {
        return trial.refundOf(paid, paid.request().amount().minor());
    }

    private static void process(Trial trial, RefundRequest request) {
        if (trial.lab.deeds().contains(Deed.REFUND_PROCESSED)) {
            trial.lab.happen(Deed.REFUND_PROCESSED, request.refundId());
        }
    }

    private static void whole(Trial trial) {
        Opened paid = trial.paid();
        RefundRequest request = whole(trial, paid);
        RefundSnapshot made = refund(trial, request).get();
        right(trial, request, made);
        process(trial, request);
        RefundSnapshot done = fetch(trial, request, Optional.of(made.providerRefundId())).get();
        right(trial, request, done);
        trial.check(done.state() == State.PROCESSED, "a refund that was made is told as " + done.state());
        trial.check(done.providerRefundId().equals(made.providerRefundId()), "its key at the provider changed");
        trial.check(trial.lab.refunds(paid.id()).equals(List.of(request.amount())), "the provider gave " + trial.lab.refunds(paid.id()));
        PaymentSnapshot after = trial.fetch(paid.expected()).get();
        trial.check(after.state() == PaymentSnapshot.State.CAPTURED, "after a refund the payment is told as " + after.state());
        trial.check(after.amount().equals(request.amount()), "after a refund the amount of the payment is told as " + after.amount());
    }

    private static void right(Trial trial, RefundRequest request, RefundSnapshot snapshot) {
        trial.check(snapshot.refundId().equals(request.refundId()) && snapshot.amount().equals(request.amount())
                && !snapshot.providerRefundId().isEmpty() && snapshot.state() != State.FAILED, "the refund is told as " + snapshot);
    }

    private static void parts(Trial trial) {
        Opened paid = trial.paid();
        long third = paid.request().amount().minor() / 3;
        RefundRequest first = trial.refundOf(paid, third);
        Outcome<RefundSnapshot> outcome = refund(trial, first);
        if (!trial.gateway.capabilities().partialRefunds()) {
            trial.check(outcome.refused(UNSUPPORTED), "it says that it gives nothing back in parts, and does: " + outcome);
            trial.check(trial.lab.refunds(paid.id()).isEmpty(), "it says that it refuses, and does not");
            return;
        }
        right(trial, first, outcome.get());
        RefundRequest second = trial.refundOf(paid, third);
        RefundSnapshot made = refund(trial, second).get();
        right(trial, second, made);
        trial.check(!made.providerRefundId().equals(outcome.get().providerRefundId()), "two refunds are one");
        trial.check(trial.lab.refunds(paid.id()).size() == 2 && trial.refundedMinor(paid.id()) == 2 * third,
                "the provider gave " + trial.lab.refunds(paid.id()));
        process(trial, first);
        process(trial, second);
        Money told = trial.fetch(paid.expected()).get().refunded();
        trial.check(told.isZero() || told.minor() == 2 * third, "given back so far is told as " + told);
        right(trial, first, fetch(trial, first, Optional.empty()).get());
        right(trial, second, fetch(trial, second, Optional.of(made.providerRefundId())).get());
    }

    private static void tooMuch(Trial trial) {
        Opened paid = trial.paid();
        long amount = paid.request().amount().minor();
        boolean parts = trial.gateway.capabilities().partialRefunds();
        refund(trial, trial.refundOf(paid, parts ? amount - 1 : amount)).get();
        Outcome<RefundSnapshot> second = refund(trial, trial.refundOf(paid, amount));
        RefundSnapshot snapshot = second.value();
        trial.check(trial.refundedMinor(paid.id()) <= amount, "the provider gave back " + trial.lab.refunds(paid.id()) + " of " + amount);
        trial.check(snapshot == null || snapshot.state() == State.FAILED, "more than is left is told as " + second);
        trial.check(!second.refused(OUTCOME_UNKNOWN, NOT_CONTACTED, RATE_LIMITED, AUTHENTICATION), "more than is left is told as " + second);
    }

    private static void twice(Trial trial) {
        Opened paid = trial.paid();
        boolean parts = trial.gateway.capabilities().partialRefunds();
        RefundRequest request = trial.refundOf(paid, paid.request().amount().minor() / (parts ? 3 : 1));
        RefundSnapshot first = refund(trial, request).get();
        Outcome<RefundSnapshot> second = refund(trial, request);
        RefundSnapshot again = second.value();
        trial.check(again == null ? second.refused(DUPLICATE) : again.providerRefundId().equals(first.providerRefundId()),
                "asked for again, it is " + second);
        trial.check(trial.lab.refunds(paid.id()).size() == 1, "the provider gave " + trial.lab.refunds(paid.id()));
    }

    private static void otherAmount(Trial trial) {
        trial.applicable(trial.gateway.capabilities().partialRefunds(), "nothing is given back in parts");
        Opened paid = trial.paid();
        long third = paid.request().amount().minor() / 3;
        RefundRequest request = trial.refundOf(paid, third);
        refund(trial, request).get();
        RefundRequest changed = new RefundRequest(request.refundId(), request.payment(),
                new Money(third - 1, request.amount().currency()), request.reason());
        Outcome<RefundSnapshot> second = refund(trial, changed);
        trial.check(second.refused() || second.get().amount().equals(request.amount()), "the same key with another amount is " + second);
        trial.check(trial.lab.refunds(paid.id()).equals(List.of(request.amount())), "the provider gave " + trial.lab.refunds(paid.id()));
    }

    private static void atOnce(Trial trial) throws Exception {
        Opened paid = trial.paid();
        boolean parts = trial.gateway.capabilities().partialRefunds();
        RefundRequest request = trial.refundOf(paid, paid.request().amount().minor() / (parts ? 9 : 1));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<RefundSnapshot>> asking = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asking.add(pool.submit(() -> {
                    start.await();
                    return trial.gateway.refund(request);
                }));
            }
            start.countDown();
            for (Future<RefundSnapshot> one : asking) {
                try {
                    right(trial, request, one.get());
                } catch (ExecutionException e) {
                    trial.check(e.getCause() instanceof GatewayException, "one ended with " + e.getCause());
                }
            }
            trial.check(trial.lab.refunds(paid.id()).size() == 1, "the provider gave " + trial.lab.refunds(paid.id()));
            right(trial, request, fetch(trial, request, Optional.empty()).get());
        } finally {
            pool.shutdownNow();
        }
    }

    private static void unpaid(Trial trial) {
        Opened open = trial.opened();
        Outcome<RefundSnapshot> outcome = refund(trial, whole(trial, open));
        RefundSnapshot snapshot = outcome.value();
        trial.check(snapshot == null || snapshot.state() == State.FAILED, "a refund of what nobody paid is " + outcome);
        trial.check(trial.lab.refunds(open.id()).isEmpty(), "the provider gave " + trial.lab.refunds(open.id()));
    }

    private static void waits(Trial trial) {
        trial.needs(Deed.REFUND_PROCESSED);
        Opened paid = trial.paid();
        RefundRequest request = whole(trial, paid);
        trial.check(refund(trial, request).get().state() == State.PENDING, "a refund that was only asked for is told as done");
        trial.check(fetch(trial, request, Optional.empty()).get().state() == State.PENDING, "a refund that waits is told as done");
        trial.lab.happen(Deed.REFUND_PROCESSED, request.refundId());
        trial.check(fetch(trial, request, Optional.empty()).get().state() == State.PROCESSED, "a refund that was made is not told as done");
    }

    private static void failed(Trial trial) {
        trial.needs(Deed.REFUND_FAILED);
        Opened paid = trial.paid();
        RefundRequest request = whole(trial, paid);
        RefundSnapshot made = refund(trial, request).get();
        trial.lab.happen(Deed.REFUND_FAILED, request.refundId());
        RefundSnapshot after = fetch(trial, request, Optional.of(made.providerRefundId())).get();
        trial.check(after.state() == State.FAILED, "a refund that failed is told as " + after.state());
        trial.check(trial.fetch(paid.expected()).get().state() == PaymentSnapshot.State.CAPTURED, "its payment is no longer captured");
    }

    private static void unknown(Trial trial) {
        Opened paid = trial.paid();
        Outcome<RefundSnapshot> outcome = fetch(trial, whole(trial, paid), Optional.empty());
        trial.check(outcome.refused(NOT_FOUND), "it is told as " + outcome);
    }

    private static void others(Trial trial) {
        Opened one = trial.paid();
        Opened two = trial.paid();
        RefundRequest made = whole(trial, one);
        String key = refund(trial, made).get().providerRefundId();
        process(trial, made);
        RefundRequest never = whole(trial, two);
        Outcome<RefundSnapshot> outcome = fetch(trial, never, Optional.of(key));
        RefundSnapshot snapshot = outcome.value();
        trial.check(snapshot == null || !snapshot.refundId().equals(never.refundId()), "a refund nobody asked for is told as " + outcome);
    }

    private static void acted(Trial trial, Fault fault) {
        trial.needs(fault);
        Opened paid = trial.paid();
        RefundRequest request = whole(trial, paid);
        trial.lab.disturb(fault, 1);
        Outcome<RefundSnapshot> first = refund(trial, request);
        trial.check(!first.refused() || first.refused(OUTCOME_UNKNOWN), "the provider acted, and it says " + first);
        RefundSnapshot told = first.value();
        trial.check(told == null || told.state() != State.FAILED, "the provider acted, and it says " + first);
        trial.lab.calm();
        once(trial, paid, request);
    }

    private static void repeatable(Trial trial, Fault fault) {
        trial.needs(fault);
        Opened paid = trial.paid();
        RefundRequest request = whole(trial, paid);
        trial.lab.disturb(fault, 100);
        Outcome<RefundSnapshot> first = refund(trial, request);
        trial.check(first.refused(switch (fault) {
            case REFUSED -> new Kind[] {NOT_CONTACTED, OUTCOME_UNKNOWN};
            case TOO_MANY -> new Kind[] {RATE_LIMITED};
            case NOT_KNOWN -> new Kind[] {AUTHENTICATION, FORBIDDEN};
            default -> new Kind[] {OUTCOME_UNKNOWN};
        }), "it says " + first);
        trial.lab.calm();
        trial.check(fetch(trial, request, Optional.empty()).refused(NOT_FOUND), "a refund that was not made is found");
        right(trial, request, refund(trial, request).get());
        once(trial, paid, request);
    }

    /** However it went: there is one refund, it is found by the platform's key alone, and asking again makes none. */
    private static void once(Trial trial, Opened paid, RefundRequest request) {
        RefundSnapshot found = fetch(trial, request, Optional.empty()).get();
        right(trial, request, found);
        Outcome<RefundSnapshot> again = refund(trial, request);
        RefundSnapshot snapshot = again.value();
        trial.check(snapshot == null ? again.refused(DUPLICATE) : snapshot.providerRefundId().equals(found.providerRefundId()),
                "asked for again, it is " + again);
        trial.check(trial.lab.refunds(paid.id()).size() == 1, "the provider gave " + trial.lab.refunds(paid.id()));
    }
}
