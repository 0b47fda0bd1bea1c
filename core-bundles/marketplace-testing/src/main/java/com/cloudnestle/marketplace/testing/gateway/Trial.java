package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.WebhookResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one case works with: the lab, payments of its own, and words for what must hold. */
final class Trial {

    static final String CUSTOMER = "cus_7s3vqkz5d2trial";
    static final String EMAIL = "buyer.under.trial@example.invalid";
    static final String BUYER = "Trial Zweitausendeins";

    /** Of what must be done within a time. */
    static final int TRIES = 5;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    final GatewayLab lab;
    final PaymentGateway gateway;
    private final List<String> spoken = new ArrayList<>();

    Trial(GatewayLab lab) {
        this.lab = lab;
        this.gateway = lab.gateway();
    }

    /** A payment that was opened. */
    record Opened(CheckoutRequest request, Checkout checkout, Expected expected) {
        String id() {
            return request.paymentId();
        }
    }

    /** A call to the gateway. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws GatewayException;
    }

    /** What a call came to: one of both is there. */
    record Outcome<T>(@Nullable T value, @Nullable GatewayException exception) {
        T get() {
            if (value == null) {
                throw new Failed("was refused: " + kindOf(exception));
            }
            return value;
        }

        boolean refused() {
            return exception != null;
        }

        boolean refused(GatewayException.Kind... kinds) {
            return exception != null && List.of(kinds).contains(exception.kind());
        }

        @Override
        public String toString() {
            return exception == null ? String.valueOf(value) : kindOf(exception);
        }
    }

    private static String kindOf(@Nullable GatewayException exception) {
        return exception == null ? "no exception" : exception.kind() + " (" + exception.getMessage() + ")";
    }

    void needs(GatewayLab.Deed... deeds) {
        for (GatewayLab.Deed deed : deeds) {
            applicable(lab.deeds().contains(deed), "the lab has no " + deed);
        }
    }

    void needs(GatewayLab.Fault fault) {
        applicable(lab.faults().contains(fault), "the lab has no " + fault);
    }

    void needs(GatewayLab.Signer signer) {
        applicable(lab.signers().contains(signer), "the lab has no " + signer);
    }

    void applicable(boolean condition, String otherwise) {
        if (!condition) {
            throw new NotApplicable(otherwise);
        }
    }

    void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new Failed(otherwise);
        }
    }

    /** Does something that takes no time; of several tries the fastest counts, for the machine may have had other things to do. */
    void within(Duration most, String otherwise, Runnable act) {
        for (int attempt = 1;; attempt++) {
            long begin = System.nanoTime();
            act.run();
            if (System.nanoTime() - begin < most.toNanos()) {
                return;
            }
            check(attempt < TRIES, otherwise);
        }
    }

    /** Calls, and remembers what was said for {@link #checkSpoken}. */
    <T> Outcome<T> outcome(Call<@Nullable T> call) {
        try {
            T value = call.make();
            check(value != null, "answered null");
            said(String.valueOf(value));
            return new Outcome<>(value, null);
        } catch (GatewayException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace)); // with the messages of all causes
            said(trace + " " + e.providerCode());
            return new Outcome<>(null, e);
        }
    }

    void said(String text) {
        spoken.add(text);
    }

    /** In every case: what the gateway said names no secret and no person. */
    void checkSpoken() {
        said(String.valueOf(gateway));
        List<String> all = new ArrayList<>(spoken);
        all.addAll(lab.logged());
        List<String> hidden = new ArrayList<>(lab.secrets());
        hidden.addAll(List.of(EMAIL, BUYER));
        for (String secret : hidden) {
            check(all.stream().noneMatch(text -> text.contains(secret)), secret.equals(EMAIL) || secret.equals(BUYER)
                    ? "a message, a text of an answer or a log line names the buyer" : "a message, a text of an answer or a log line shows a secret");
        }
    }

    static String freshId(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 26; i++) {
            id.append(BASE32.charAt(RANDOM.nextInt(32)));
        }
        return id.toString();
    }

    /** An amount between the limits of the gateway, and room for a unit more and less; of a currency it takes. */
    Money usual() {
        GatewayCapabilities can = gateway.capabilities();
        String currency = can.currencies().contains("INR") ? "INR" : can.currencies().stream().sorted().findFirst().orElseThrow();
        return new Money(Math.max(can.minimumMinor() + 1, Math.min(can.maximumMinor() - 1, 117_882)), currency);
    }

    CheckoutRequest request() {
        return request(freshId("pay_"), usual());
    }

    CheckoutRequest request(String paymentId, Money amount) {
        return new CheckoutRequest(paymentId, amount, "Pro for a month", CUSTOMER, EMAIL, BUYER,
                URI.create("https://market.example.invalid/pay/" + paymentId), lab.now().plus(Duration.ofMinutes(30)));
    }

    /** Opens a payment that no trouble is expected with. */
    Opened opened() {
        return opened(request());
    }

    Opened opened(CheckoutRequest request) {
        Checkout checkout = outcome(() -> gateway.createCheckout(request)).get();
        return new Opened(request, checkout, expected(request, Optional.of(checkout.providerOrderId()), Optional.empty()));
    }

    Opened paid() {
        needs(GatewayLab.Deed.PAY);
        return paid(opened());
    }

    /** Pays, and learns the provider's key of it as the platform does. */
    Opened paid(Opened opened) {
        lab.happen(GatewayLab.Deed.PAY, opened.id());
        PaymentSnapshot snapshot = outcome(() -> gateway.fetchPayment(opened.expected())).get();
        check(snapshot.state() == PaymentSnapshot.State.CAPTURED, "a payment that was paid is told as " + snapshot.state());
        return new Opened(opened.request(), opened.checkout(),
                expected(opened.request(), opened.expected().providerOrderId(), snapshot.providerPaymentId()));
    }

    Expected expected(CheckoutRequest request, Optional<String> providerOrderId, Optional<String> providerPaymentId) {
        return new Expected(request.paymentId(), providerOrderId, providerPaymentId, request.amount(), request.customerId(), lab.now(),
                request.expiresAt());
    }

    Outcome<PaymentSnapshot> fetch(Expected expected) {
        return outcome(() -> gateway.fetchPayment(expected));
    }

    RefundRequest refundOf(Opened paid, long minor) {
        return new RefundRequest(freshId("rfd_"), paid.expected(), new Money(minor, paid.request().amount().currency()), "as asked for");
    }

    long refundedMinor(String paymentId) {
        return lab.refunds(paymentId).stream().mapToLong(Money::minor).sum();
    }

    WebhookResult authenticate(RawWebhook webhook) {
        WebhookResult result = gateway.authenticate(webhook);
        check(result != null, "authenticate answered null");
        said(String.valueOf(result));
        return result;
    }

    WebhookResult.Accepted accepted(RawWebhook webhook) {
        WebhookResult result = authenticate(webhook);
        check(result instanceof WebhookResult.Accepted, "a genuine notification is not accepted: " + result);
        return (WebhookResult.Accepted) result;
    }

    /** The notifications of a payment; the case does not apply if there are none. */
    List<RawWebhook> notifications(Opened opened) {
        List<RawWebhook> all = lab.notifications(opened.id());
        applicable(!all.isEmpty(), "this provider notifies of nothing");
        return all;
    }

    /** Says what must never be said of a payment that was not paid as expected. */
    void notPaid(Outcome<PaymentSnapshot> outcome, Expected expected, String situation) {
        PaymentSnapshot snapshot = outcome.value();
        check(snapshot == null || snapshot.state() != PaymentSnapshot.State.CAPTURED || !fits(snapshot, expected),
                situation + " is told as captured, with all that was expected");
    }

    /** Whether the platform would take the snapshot for the expected payment. */
    boolean fits(PaymentSnapshot snapshot, Expected expected) {
        return snapshot.paymentId().equals(expected.paymentId())
                && expected.providerOrderId().map(snapshot.providerOrderId()::equals).orElse(true)
                && snapshot.amount().equals(expected.amount())
                && snapshot.account().map(gateway.account()::equals).orElse(true);
    }

    static boolean known(Set<PaymentSnapshot.State> states, Outcome<PaymentSnapshot> outcome) {
        PaymentSnapshot snapshot = outcome.value();
        return snapshot != null && states.contains(snapshot.state());
    }

    /** The fact does not hold. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message, null, false, false);
        }
    }

    /** The fact cannot be tried here. */
    static final class NotApplicable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotApplicable(String message) {
            super(message, null, false, false);
        }
    }
}
