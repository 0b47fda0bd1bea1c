package com.cloudnestle.marketplace.testing.gateway;

import static com.cloudnestle.marketplace.payment.GatewayException.Kind.MISMATCH;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.NOT_FOUND;

import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Deed;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import com.cloudnestle.marketplace.testing.gateway.Trial.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is said of payments, by itself and with what a browser brought back. */
final class StatusCases {

    static final List<Case> ALL = List.of(
            new Case("a payment that was paid is captured, with the amount and the provider's key", StatusCases::paid),
            new Case("a payment that failed is not captured", StatusCases::failed),
            new Case("a payment that succeeds after it failed is seen", StatusCases::late),
            new Case("money that is only promised is not told as failed", StatusCases::authorized),
            new Case("a payment that nobody paid in time is over", StatusCases::expired),
            new Case("a payment the provider never heard of is not found", StatusCases::unknown),
            new Case("a payment the provider forgot is not found, and has not failed", StatusCases::forgotten),
            new Case("a payment of less than was asked for shows what was paid", trial -> otherAmount(trial, Deed.PAY_LESS)),
            new Case("a payment of more than was asked for shows what was paid", trial -> otherAmount(trial, Deed.PAY_MORE)),
            new Case("a payment in another currency shows what was paid", trial -> otherAmount(trial, Deed.PAY_OTHER_CURRENCY)),
            new Case("amounts come from the provider and not from what is expected", StatusCases::expectedAmount),
            new Case("a payment is found by the platform's key alone", StatusCases::byOurKey),
            new Case("the order of another payment does not pay this one", StatusCases::otherOrder),
            new Case("the success of another payment does not pay this one", StatusCases::otherAttempt),
            new Case("the buyer's return leads to the payment", StatusCases::returns),
            new Case("a return without anything proves nothing", StatusCases::emptyProof),
            new Case("what one buyer brought back does not pay for another", StatusCases::othersProof),
            new Case("a forged return proves nothing", StatusCases::forgedProof),
            new Case("junk in a return is refused in order", StatusCases::junkProof));

    private StatusCases() {}

    private static void paid(Trial trial) {
        Opened paid = trial.paid();
        PaymentSnapshot snapshot = trial.fetch(paid.expected()).get();
        trial.check(snapshot.state() == State.CAPTURED && trial.fits(snapshot, paid.expected()), "it is told as " + snapshot);
        trial.check(snapshot.providerPaymentId().filter(id -> !id.isEmpty()).isPresent(), "the provider's key of the payment is missing");
        trial.check(snapshot.refunded().equals(Money.zero(paid.request().amount().currency())), "nothing was given back");
        trial.check(snapshot.fee().map(fee -> !fee.isNegative()).orElse(true), "a fee is not negative");
    }

    private static void failed(Trial trial) {
        trial.needs(Deed.FAIL);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.FAIL, opened.id());
        PaymentSnapshot snapshot = trial.fetch(opened.expected()).get();
        boolean finalOne = trial.gateway.capabilities().failedIsFinal();
        trial.check(finalOne ? snapshot.state() == State.FAILED
                : Set.of(State.FAILED, State.PENDING, State.CREATED).contains(snapshot.state()), "it is told as " + snapshot.state());
    }

    private static void late(Trial trial) {
        trial.needs(Deed.FAIL, Deed.PAY_LATE);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.FAIL, opened.id());
        trial.fetch(opened.expected()).get();
        trial.lab.happen(Deed.PAY_LATE, opened.id());
        PaymentSnapshot snapshot = trial.fetch(opened.expected()).get();
        trial.check(snapshot.state() == State.CAPTURED && trial.fits(snapshot, opened.expected()), "it is told as " + snapshot);
        trial.check(!trial.gateway.capabilities().failedIsFinal(), "it says that a failure is final, which it was not");
    }

    private static void authorized(Trial trial) {
        trial.needs(Deed.AUTHORIZE);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.AUTHORIZE, opened.id());
        Outcome<PaymentSnapshot> outcome = trial.fetch(opened.expected());
        trial.check(Trial.known(Set.of(State.AUTHORIZED, State.PENDING, State.CAPTURED), outcome), "it is told as " + outcome);
    }

    private static void expired(Trial trial) {
        trial.needs(Deed.EXPIRE);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.EXPIRE, opened.id());
        Outcome<PaymentSnapshot> outcome = trial.fetch(opened.expected());
        trial.check(Trial.known(Set.of(State.EXPIRED, State.FAILED), outcome), "it is told as " + outcome);
    }

    private static void unknown(Trial trial) {
        CheckoutRequest never = trial.request();
        Outcome<PaymentSnapshot> outcome = trial.fetch(trial.expected(never, Optional.empty(), Optional.empty()));
        trial.check(outcome.refused(NOT_FOUND), "it is told as " + outcome);
    }

    private static void forgotten(Trial trial) {
        trial.needs(Deed.FORGET);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.FORGET, opened.id());
        Outcome<PaymentSnapshot> outcome = trial.fetch(opened.expected());
        trial.check(outcome.refused(NOT_FOUND), "it is told as " + outcome);
    }

    private static void otherAmount(Trial trial, Deed deed) {
        trial.needs(deed);
        Opened opened = trial.opened();
        trial.lab.happen(deed, opened.id());
        Outcome<PaymentSnapshot> outcome = trial.fetch(opened.expected());
        trial.check(outcome.refused(MISMATCH) || !outcome.get().amount().equals(opened.request().amount()), "it is told as " + outcome);
    }

    /** As if somebody had changed the platform's record, or a price. */
    private static void expectedAmount(Trial trial) {
        Opened paid = trial.paid();
        Money more = paid.request().amount().plus(new Money(1, paid.request().amount().currency()));
        Expected changed = new Expected(paid.id(), paid.expected().providerOrderId(), paid.expected().providerPaymentId(), more,
                paid.expected().customerId(), paid.expected().createdAt(), paid.expected().expiresAt());
        Outcome<PaymentSnapshot> outcome = trial.fetch(changed);
        trial.check(outcome.refused(MISMATCH) || outcome.get().amount().equals(paid.request().amount()), "it is told as " + outcome);
    }

    private static void byOurKey(Trial trial) {
        Opened paid = trial.paid();
        Expected keyOnly = trial.expected(paid.request(), Optional.empty(), Optional.empty());
        PaymentSnapshot snapshot = trial.fetch(keyOnly).get();
        trial.check(snapshot.state() == State.CAPTURED && trial.fits(snapshot, paid.expected()), "it is told as " + snapshot);
    }

    private static void otherOrder(Trial trial) {
        Opened paid = trial.paid();
        Opened open = trial.opened();
        Expected mixed = trial.expected(open.request(), paid.expected().providerOrderId(), Optional.empty());
        trial.notPaid(trial.fetch(mixed), open.expected(), "an open payment with the order of another");
        trial.notPaid(trial.fetch(mixed), mixed, "an open payment with the order of another");
    }

    private static void otherAttempt(Trial trial) {
        Opened paid = trial.paid();
        Opened open = trial.opened();
        Expected mixed = trial.expected(open.request(), open.expected().providerOrderId(), paid.expected().providerPaymentId());
        trial.notPaid(trial.fetch(mixed), open.expected(), "an open payment with the attempt of another");
    }

    private static void returns(Trial trial) {
        trial.needs(Deed.PAY);
        Opened opened = trial.opened();
        trial.lab.happen(Deed.PAY, opened.id());
        ReturnProof proof = trial.lab.proof(opened.id());
        PaymentSnapshot snapshot = trial.outcome(() -> trial.gateway.verifyReturn(proof, opened.expected())).get();
        trial.check(snapshot.state() == State.CAPTURED && trial.fits(snapshot, opened.expected()), "it is told as " + snapshot);
    }

    private static void emptyProof(Trial trial) {
        Opened opened = trial.opened();
        proves(trial, ReturnProof.none(), opened);
    }

    private static void othersProof(Trial trial) {
        Opened paid = trial.paid();
        Opened open = trial.opened();
        proves(trial, trial.lab.proof(paid.id()), open);
    }

    private static void forgedProof(Trial trial) {
        Opened paid = trial.paid();
        Opened open = trial.opened();
        Map<String, String> parts = trial.lab.proof(paid.id()).parameters();
        for (String ours : List.of(open.id(), open.checkout().providerOrderId())) {
            Map<String, String> rewritten = new HashMap<>();
            parts.forEach((name, value) -> rewritten.put(name,
                    value.replace(paid.id(), ours).replace(paid.checkout().providerOrderId(), ours)));
            proves(trial, new ReturnProof(rewritten), open);
        }
        for (String left : parts.keySet()) {
            Map<String, String> without = new HashMap<>(parts);
            without.remove(left);
            proves(trial, new ReturnProof(without), open);
        }
        proves(trial, new ReturnProof(Map.of("status", "success", "state", "COMPLETED", "code", "PAYMENT_SUCCESS")), open);
    }

    private static void junkProof(Trial trial) {
        Opened open = trial.opened();
        Map<String, String> parts = new HashMap<>(trial.lab.proof(trial.paid().id()).parameters());
        parts.putIfAbsent("anything", "");
        for (String junk : List.of("", " ", "\u0000", "|", "||", "%00", "ü\uD83D\uDC90", "\uD800", "x".repeat(2000), "../..", "{}", "-1")) {
            Map<String, String> junked = new HashMap<>();
            parts.keySet().forEach(name -> junked.put(name, junk));
            proves(trial, new ReturnProof(junked), open);
        }
    }

    /** Whatever is brought back: a payment that nobody paid is not paid. */
    private static void proves(Trial trial, ReturnProof proof, Opened open) {
        trial.notPaid(trial.outcome(() -> trial.gateway.verifyReturn(proof, open.expected())), open.expected(), "a payment that nobody paid");
    }
}
