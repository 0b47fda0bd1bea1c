package com.cloudnestle.marketplace.testing.gateway;

import static com.cloudnestle.marketplace.payment.GatewayException.Kind.DUPLICATE;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.INVALID_REQUEST;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.LIMIT;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.MISMATCH;
import static com.cloudnestle.marketplace.payment.GatewayException.Kind.UNSUPPORTED;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import com.cloudnestle.marketplace.testing.gateway.Trial.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How payments are opened where nothing goes wrong on the way. */
final class CheckoutCases {

    static final List<Case> ALL = List.of(
            new Case("an opened payment waits for the buyer, and the browser learns no secret", CheckoutCases::opens),
            new Case("a payment opened twice is one payment", CheckoutCases::twice),
            new Case("a payment opened again for another amount is not the earlier one", CheckoutCases::otherAmount),
            new Case("unusual keys of payments are taken as they are", CheckoutCases::unusualKeys),
            new Case("keys that differ in case only are two payments", CheckoutCases::caseOfKeys),
            new Case("unusual words of people are taken", CheckoutCases::unusualWords),
            new Case("the smallest amount can be paid, and what is below it is refused", CheckoutCases::smallest),
            new Case("currencies it does not take are refused", CheckoutCases::currencies),
            new Case("payments opened at the same time are not mixed up", CheckoutCases::atOnce));

    private CheckoutCases() {}

    private static void opens(Trial trial) {
        Opened opened = trial.opened();
        Checkout checkout = opened.checkout();
        trial.check(checkout.expiresAt().isAfter(trial.lab.now()), "it is over already when it opens");
        if (checkout.action() instanceof Checkout.Redirect redirect) {
            address(trial, redirect.url());
        } else if (checkout.action() instanceof Checkout.Script script) {
            address(trial, script.source());
            String origin = script.source().getScheme() + "://" + script.source().getRawAuthority();
            trial.check(trial.gateway.capabilities().scriptOrigins().contains(origin), origin + " is not among the origins of scripts");
            trial.check(trial.gateway.getClass().getResource("/checkout/" + script.starter()) != null,
                    "its bundle has no file checkout/" + script.starter());
            List<String> toBrowser = new ArrayList<>(script.parameters().values());
            trial.check(trial.lab.secrets().stream().noneMatch(secret -> toBrowser.stream().anyMatch(text -> text.contains(secret))),
                    "the browser is given a secret");
        }
        PaymentSnapshot snapshot = trial.fetch(opened.expected()).get();
        trial.check(snapshot.state() == PaymentSnapshot.State.CREATED || snapshot.state() == PaymentSnapshot.State.PENDING,
                "nobody has paid, and it is told as " + snapshot.state());
        trial.check(trial.fits(snapshot, opened.expected()), "what it says of a new payment is not what was opened: " + snapshot);
        trial.check(trial.lab.orders(opened.id()) == 1, "the provider has " + trial.lab.orders(opened.id()) + " payments for one");
    }

    private static void address(Trial trial, URI address) {
        boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(address.getHost()));
        trial.check(address.isAbsolute() && ("https".equals(address.getScheme()) || here), "buyers are sent to " + address);
        trial.check(trial.lab.secrets().stream().noneMatch(address.toString()::contains), "the address that buyers go to shows a secret");
    }

    private static void twice(Trial trial) {
        Opened first = trial.opened();
        Outcome<Checkout> second = trial.outcome(() -> trial.gateway.createCheckout(first.request()));
        Checkout again = second.value();
        trial.check(again == null ? second.refused(DUPLICATE) : again.providerOrderId().equals(first.checkout().providerOrderId()),
                "opened again, it is " + second);
        trial.check(trial.lab.orders(first.id()) == 1, "the provider has " + trial.lab.orders(first.id()) + " payments that could be paid");
    }

    private static void otherAmount(Trial trial) {
        Opened first = trial.opened();
        Money more = first.request().amount().plus(new Money(1, first.request().amount().currency()));
        CheckoutRequest changed = trial.request(first.id(), more);
        Outcome<Checkout> second = trial.outcome(() -> trial.gateway.createCheckout(changed));
        trial.check(second.refused(DUPLICATE, MISMATCH, INVALID_REQUEST), "the same key with another amount gives " + second);
        trial.check(trial.lab.orders(first.id()) == 1, "the provider has " + trial.lab.orders(first.id()) + " payments that could be paid");
        trial.check(trial.fetch(first.expected()).get().amount().equals(first.request().amount()), "the amount of an open payment changed");
    }

    private static void unusualKeys(Trial trial) {
        String tail = Trial.freshId("");
        for (String key : List.of("z" + tail.substring(0, 3), "_-" + tail + "-_", "-" + tail, "PAY_" + tail.toUpperCase(Locale.ROOT),
                "pay_" + tail + "0123")) {
            Opened opened = trial.opened(trial.request(key, trial.usual()));
            PaymentSnapshot snapshot = trial.fetch(opened.expected()).get();
            trial.check(snapshot.paymentId().equals(key), "asked for " + key + " it answers for " + snapshot.paymentId());
        }
    }

    private static void caseOfKeys(Trial trial) {
        String key = Trial.freshId("pay_");
        Opened lower = trial.opened(trial.request(key, trial.usual()));
        Opened upper = trial.opened(trial.request(key.toUpperCase(Locale.ROOT), trial.usual()));
        trial.check(!lower.checkout().providerOrderId().equals(upper.checkout().providerOrderId()), "both are one payment at the provider");
    }

    private static void unusualWords(Trial trial) {
        CheckoutRequest plain = trial.request();
        String hundred = "प्रो \"'<b>&amp;\\%s{}\uD83D\uDC90".repeat(10).substring(0, 100);
        CheckoutRequest odd = new CheckoutRequest(plain.paymentId(), plain.amount(), Character.isHighSurrogate(hundred.charAt(99))
                ? hundred.substring(0, 99) : hundred, plain.customerId(), "o'neil+\"q\"@example.invalid", "ŽŁ \u202Eअ\n\t\uD83D\uDC90".repeat(8),
                URI.create("https://market.example.invalid/pay/" + plain.paymentId() + "?a=1&b=%20#c"), plain.expiresAt());
        Opened opened = trial.opened(odd);
        trial.check(trial.fits(trial.fetch(opened.expected()).get(), opened.expected()), "it is mixed up afterwards");
        CheckoutRequest none = new CheckoutRequest(Trial.freshId("pay_"), plain.amount(), "", plain.customerId(), Trial.EMAIL, "",
                plain.returnUrl(), plain.expiresAt());
        trial.opened(none);
    }

    private static void smallest(Trial trial) {
        GatewayCapabilities can = trial.gateway.capabilities();
        String currency = trial.usual().currency();
        trial.opened(trial.request(Trial.freshId("pay_"), new Money(can.minimumMinor(), currency)));
        refused(trial, new Money(can.minimumMinor() - 1, currency));
        if (can.maximumMinor() < Long.MAX_VALUE) {
            refused(trial, new Money(can.maximumMinor() + 1, currency));
        }
    }

    private static void currencies(Trial trial) {
        GatewayCapabilities can = trial.gateway.capabilities();
        for (String currency : List.of("INR", "USD", "JPY", "KWD", "XTS")) {
            if (!can.currencies().contains(currency)) {
                refused(trial, new Money(trial.usual().minor(), currency));
            }
        }
    }

    private static void refused(Trial trial, Money amount) {
        if (amount.minor() < 1) {
            return; // no request can ask for it
        }
        CheckoutRequest request = trial.request(Trial.freshId("pay_"), amount);
        Outcome<Checkout> outcome = trial.outcome(() -> trial.gateway.createCheckout(request));
        trial.check(outcome.refused(INVALID_REQUEST, LIMIT, UNSUPPORTED), amount + " gives " + outcome);
        trial.check(trial.lab.orders(request.paymentId()) == 0, amount + " was refused, but the provider has it");
    }

    private static void atOnce(Trial trial) throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<CheckoutRequest> requests = new ArrayList<>();
            List<Future<Checkout>> opening = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                CheckoutRequest request = trial.request(Trial.freshId("pay_"), trial.usual().minus(new Money(i % 2, trial.usual().currency())));
                requests.add(request);
                opening.add(pool.submit(() -> {
                    start.await();
                    return trial.gateway.createCheckout(request);
                }));
            }
            start.countDown();
            for (int i = 0; i < threads; i++) {
                CheckoutRequest request = requests.get(i);
                Optional<String> order = Optional.of(opening.get(i).get().providerOrderId());
                PaymentSnapshot snapshot = trial.fetch(trial.expected(request, order, Optional.empty())).get();
                trial.check(trial.fits(snapshot, trial.expected(request, order, Optional.empty())), "one of them is told as " + snapshot);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
