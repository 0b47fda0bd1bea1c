package com.cloudnestle.marketplace.testing.gateway;

import static com.cloudnestle.marketplace.payment.GatewayException.Kind.AUTHENTICATION;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.DUPLICATE;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.FORBIDDEN;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.NOT_CONTACTED;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.NOT_FOUND;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.OUTCOME_UNKNOWN;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.RATE_LIMITED;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Fault;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import com.cloudnestle.marketplace.testing.gateway.Trial.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** How payments are opened and asked for while something goes wrong on the way. */
final class TroubleCases {

    /** The provider acted, and the gateway cannot know. */
    static final Map<Fault, String> ACTED = Map.of(
            Fault.REPLY_LOST, "whose reply is lost",
            Fault.ERROR_AFTER, "that is answered by an error",
            Fault.GARBAGE, "that is answered by garbage",
            Fault.EMPTY, "that is answered by nothing",
            Fault.CUT_SHORT, "whose answer is cut short");

    /** The provider did not act, and the gateway cannot know. */
    static final Map<Fault, String> NOT_ACTED = Map.of(
            Fault.REQUEST_LOST, "whose request is lost",
            Fault.ERROR_BEFORE, "that fails at the provider",
            Fault.SILENCE, "that nothing answers");

    /** Answers about something else. */
    private static final Map<Fault, String> STRANGE = Map.of(
            Fault.OTHER_AMOUNT, "another amount",
            Fault.OTHER_CURRENCY, "another currency",
            Fault.OTHER_ACCOUNT, "another merchant",
            Fault.OTHER_PAYMENT, "another payment");

    static final List<Case> ALL = all();

    private TroubleCases() {}

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        ACTED.forEach((fault, what) -> cases.add(new Case("an opening " + what + " leaves one payment that is found", t -> acted(t, fault))));
        NOT_ACTED.forEach((fault, what) -> cases.add(new Case("an opening " + what + " can be repeated", t -> notActed(t, fault))));
        cases.add(new Case("an opening that reaches nobody can be repeated", TroubleCases::refused));
        cases.add(new Case("an opening that comes too often is put off", TroubleCases::tooMany));
        cases.add(new Case("credentials that are refused are told as such, and work again when they are known", TroubleCases::notKnown));
        cases.add(new Case("it follows no redirect", TroubleCases::redirect));
        cases.add(new Case("an interrupted opening ends in order", TroubleCases::interrupted));
        for (Map<Fault, String> faults : List.of(ACTED, NOT_ACTED)) {
            faults.forEach((fault, what) -> cases.add(new Case("a question " + what + " is not taken for an answer", t -> asked(t, fault))));
        }
        for (Fault fault : List.of(Fault.REFUSED, Fault.TOO_MANY, Fault.NOT_KNOWN, Fault.REDIRECT, Fault.UNKNOWN_STATE)) {
            cases.add(new Case("a question met by " + fault + " is not taken for an answer", t -> asked(t, fault)));
        }
        cases.add(new Case("what it does not know in an answer does not disturb it", TroubleCases::unknownMembers));
        STRANGE.forEach((fault, what) -> cases.add(new Case("an answer about " + what + " is not taken for the payment", t -> strange(t, fault))));
        cases.sort((a, b) -> a.name().compareTo(b.name()));
        return List.copyOf(cases);
    }

    private static void acted(Trial trial, Fault fault) {
        trial.needs(fault);
        CheckoutRequest request = trial.request();
        trial.lab.disturb(fault, 1);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        trial.check(!first.refused() || unknown(first), "the provider acted, and it says " + first);
        trial.lab.calm();
        one(trial, request);
    }

    private static void notActed(Trial trial, Fault fault) {
        trial.needs(fault);
        CheckoutRequest request = trial.request();
        trial.lab.disturb(fault, 1);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        trial.check(!first.refused() || unknown(first), "it cannot know what happened, and says " + first);
        trial.lab.calm();
        if (trial.lab.orders(request.paymentId()) == 0) {
            trial.check(!first.refused() ? false : notFound(trial, request), "the provider has nothing, and it says otherwise");
        }
        trial.opened(request);
        one(trial, request);
    }

    private static void refused(Trial trial) {
        trial.needs(Fault.REFUSED);
        CheckoutRequest request = trial.request();
        trial.lab.disturb(Fault.REFUSED, 100);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        trial.check(first.refused(NOT_CONTACTED) || unknown(first), "nobody was reached, and it says " + first);
        trial.lab.calm();
        trial.opened(request);
        one(trial, request);
    }

    /** However the opening ended: there is one payment, it is found by the platform's key alone, and opening again gives that one. */
    private static void one(Trial trial, CheckoutRequest request) {
        Expected expected = trial.expected(request, Optional.empty(), Optional.empty());
        PaymentSnapshot found = trial.fetch(expected).get();
        trial.check(trial.fits(found, expected) && found.state() != PaymentSnapshot.State.CAPTURED, "what is found is " + found);
        Outcome<Checkout> again = trial.outcome(() -> trial.gateway.createCheckout(request));
        Checkout checkout = again.value();
        trial.check(checkout == null ? again.refused(DUPLICATE) : checkout.providerOrderId().equals(found.providerOrderId()),
                "opened again, it is " + again + " where " + found.providerOrderId() + " is there");
        trial.check(trial.lab.orders(request.paymentId()) == 1,
                "the provider has " + trial.lab.orders(request.paymentId()) + " payments that could be paid");
    }

    private static boolean unknown(Outcome<?> outcome) {
        GatewayException exception = outcome.exception();
        return exception != null && exception.kind() == OUTCOME_UNKNOWN
                && exception.retry() != GatewayException.Retry.NEW_PAYMENT && exception.retry() != GatewayException.Retry.NEVER;
    }

    private static boolean notFound(Trial trial, CheckoutRequest request) {
        return trial.fetch(trial.expected(request, Optional.empty(), Optional.empty())).refused(NOT_FOUND);
    }

    private static void tooMany(Trial trial) {
        trial.needs(Fault.TOO_MANY);
        CheckoutRequest request = trial.request();
        trial.lab.disturb(Fault.TOO_MANY, 100);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        GatewayException exception = first.exception();
        trial.check(exception != null && exception.kind() == RATE_LIMITED, "it says " + first);
        Duration asked = exception == null ? Duration.ZERO : exception.retryAfter().orElse(Duration.ofSeconds(7));
        trial.check(asked.equals(Duration.ofSeconds(7)), "the provider asked for 7 seconds, it says " + asked);
        trial.lab.calm();
        trial.opened(request);
        one(trial, request);
    }

    private static void notKnown(Trial trial) {
        trial.needs(Fault.NOT_KNOWN);
        CheckoutRequest request = trial.request();
        trial.lab.disturb(Fault.NOT_KNOWN, 100);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        trial.check(first.refused(AUTHENTICATION, FORBIDDEN), "it says " + first);
        trial.lab.calm();
        trial.opened(request);
        one(trial, request);
    }

    private static void redirect(Trial trial) {
        trial.needs(Fault.REDIRECT);
        int before = trial.lab.redirectsFollowed();
        trial.lab.disturb(Fault.REDIRECT, 100);
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(trial.request()));
        trial.check(first.refused(), "sent elsewhere, it opens " + first);
        trial.check(trial.lab.redirectsFollowed() == before, "it went where it was sent, with its credentials");
    }

    private static void interrupted(Trial trial) {
        CheckoutRequest request = trial.request();
        Thread.currentThread().interrupt();
        Outcome<Checkout> first = trial.outcome(() -> trial.gateway.createCheckout(request));
        boolean still = Thread.interrupted();
        trial.check(!first.refused() || first.refused(NOT_CONTACTED) || unknown(first), "interrupted, it says " + first);
        trial.check(still, "it swallows interrupts");
        for (int i = 0; i < 100 && trial.lab.orders(request.paymentId()) == 0; i++) {
            LockSupport.parkNanos(2_000_000); // the request may still be on its way
        }
        trial.check(!first.refused(NOT_CONTACTED) || trial.lab.orders(request.paymentId()) == 0, "it says NOT_CONTACTED, and was not right");
        if (trial.lab.orders(request.paymentId()) == 0) {
            Outcome<Checkout> second = trial.outcome(() -> trial.gateway.createCheckout(request));
            trial.check(second.value() != null || second.refused(DUPLICATE), // refused if the first has arrived only now
                    "opened again after an interrupt, it is " + second);
        }
        one(trial, request);
    }

    private static void asked(Trial trial, Fault fault) {
        trial.needs(fault);
        Opened paid = trial.paid();
        trial.lab.disturb(fault, 100);
        Outcome<PaymentSnapshot> outcome = trial.fetch(paid.expected());
        trial.check(!outcome.refused(NOT_FOUND, GatewayException.Kind.DECLINED, GatewayException.Kind.INVALID_REQUEST)
                        && (outcome.refused() || Trial.known(Set.of(PaymentSnapshot.State.CAPTURED, PaymentSnapshot.State.PENDING,
                                PaymentSnapshot.State.UNKNOWN), outcome)),
                "a payment that was paid is " + outcome);
        trial.lab.calm();
        Opened open = trial.opened();
        trial.lab.disturb(fault, 100);
        Outcome<PaymentSnapshot> unpaid = trial.fetch(open.expected());
        trial.check(unpaid.refused() || Trial.known(Set.of(PaymentSnapshot.State.CREATED, PaymentSnapshot.State.PENDING,
                PaymentSnapshot.State.UNKNOWN), unpaid), "a payment that waits for the buyer is " + unpaid);
        trial.lab.calm();
        trial.check(trial.fetch(paid.expected()).get().state() == PaymentSnapshot.State.CAPTURED, "it does not recover");
    }

    private static void unknownMembers(Trial trial) {
        trial.needs(Fault.UNKNOWN_MEMBERS);
        trial.lab.disturb(Fault.UNKNOWN_MEMBERS, 100);
        Opened paid = trial.paid();
        trial.check(trial.fits(trial.fetch(paid.expected()).get(), paid.expected()), "it is told wrongly");
        trial.outcome(() -> trial.gateway.refund(trial.refundOf(paid, paid.request().amount().minor()))).get();
    }

    private static void strange(Trial trial, Fault fault) {
        trial.needs(fault);
        Opened paid = trial.paid();
        trial.lab.disturb(fault, 100);
        Outcome<PaymentSnapshot> outcome = trial.fetch(paid.expected());
        trial.check(!outcome.refused(NOT_FOUND, GatewayException.Kind.DECLINED), "it says " + outcome);
        trial.notPaid(outcome, paid.expected(), "an answer that does not fit");
    }
}
