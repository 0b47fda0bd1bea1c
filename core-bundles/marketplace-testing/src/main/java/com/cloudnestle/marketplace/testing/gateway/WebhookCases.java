package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Deed;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Fault;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is made of genuine notifications, however they come. */
final class WebhookCases {

    static final List<Case> ALL = List.of(
            new Case("the notification of a success names the payment", trial -> names(trial, Deed.PAY)),
            new Case("the notification of a failure names the payment", trial -> names(trial, Deed.FAIL)),
            new Case("the notification of a refund names the refund", WebhookCases::refund),
            new Case("a notification that comes again has the same keys", WebhookCases::again),
            new Case("a notification with other headers around its signature shares a key with the first", WebhookCases::otherHeaders),
            new Case("a success after a failure is no duplicate of it", WebhookCases::lateSuccess),
            new Case("notifications of two payments are no duplicates of one another", WebhookCases::twoPayments),
            new Case("notifications of two refunds of a payment are no duplicates of one another", WebhookCases::twoRefunds),
            new Case("notifications are understood in any order", WebhookCases::anyOrder),
            new Case("notifications are understood while the provider is away", WebhookCases::offline),
            new Case("names of headers count in any case", WebhookCases::headerNames),
            new Case("the bytes of a notification are left as they are", WebhookCases::untouched));

    private WebhookCases() {}

    private static List<RawWebhook> after(Trial trial, Deed deed, Opened opened) {
        trial.needs(deed);
        int before = trial.lab.notifications(opened.id()).size();
        trial.lab.happen(deed, opened.id());
        List<RawWebhook> all = trial.lab.notifications(opened.id());
        List<RawWebhook> added = all.subList(before, all.size());
        trial.applicable(!added.isEmpty(), "this provider does not notify of " + deed);
        return List.copyOf(added);
    }

    private static void names(Trial trial, Deed deed) {
        Opened opened = trial.opened();
        List<Accepted> accepted = after(trial, deed, opened).stream().map(trial::accepted).toList();
        trial.check(accepted.stream().anyMatch(one -> one.subject() == Subject.PAYMENT), "none of them is about a payment: " + accepted);
        for (Accepted one : accepted) {
            trial.check(one.subject() != Subject.PAYMENT || one.paymentId().isPresent() || one.providerOrderId().isPresent(),
                    "it does not say which payment it is about: " + one);
            trial.check(one.paymentId().map(opened.id()::equals).orElse(true)
                    && one.providerOrderId().map(opened.checkout().providerOrderId()::equals).orElse(true), "it names another payment: " + one);
        }
    }

    private static List<Accepted> afterRefund(Trial trial, Opened paid, RefundRequest request) {
        int before = trial.lab.notifications(paid.id()).size();
        String key = trial.outcome(() -> trial.gateway.refund(request)).get().providerRefundId();
        if (trial.lab.deeds().contains(Deed.REFUND_PROCESSED)) {
            trial.lab.happen(Deed.REFUND_PROCESSED, request.refundId());
        }
        List<RawWebhook> all = trial.lab.notifications(paid.id());
        trial.applicable(all.size() > before, "this provider does not notify of refunds");
        List<Accepted> accepted = all.subList(before, all.size()).stream().map(trial::accepted).toList();
        trial.check(accepted.stream().anyMatch(one -> one.subject() == Subject.REFUND), "none of them is about a refund: " + accepted);
        for (Accepted one : accepted) {
            if (one.subject() == Subject.REFUND) {
                trial.check(one.refundId().isPresent() || one.providerRefundId().isPresent(), "it does not say which refund it is: " + one);
                trial.check(one.refundId().map(request.refundId()::equals).orElse(true)
                        && one.providerRefundId().map(key::equals).orElse(true), "it names another refund: " + one);
            }
        }
        return accepted;
    }

    private static void refund(Trial trial) {
        Opened paid = trial.paid();
        afterRefund(trial, paid, trial.refundOf(paid, paid.request().amount().minor()));
    }

    private static void again(Trial trial) {
        Opened paid = trial.paid();
        for (RawWebhook webhook : trial.notifications(paid)) {
            Accepted first = trial.accepted(webhook);
            RawWebhook later = new RawWebhook(webhook.headers(), webhook.body(), webhook.receivedAt().plus(Duration.ofDays(15)));
            trial.check(trial.accepted(webhook).equals(first), "it is understood in two ways");
            trial.check(trial.accepted(later).duplicateKeys().equals(first.duplicateKeys()), "its keys change with time");
        }
    }

    private static void otherHeaders(Trial trial) {
        Opened paid = trial.paid();
        for (RawWebhook webhook : trial.notifications(paid)) {
            Accepted first = trial.accepted(webhook);
            List<RawWebhook.Header> changed = new ArrayList<>();
            for (RawWebhook.Header header : webhook.headers()) {
                boolean signature = trial.lab.signatureHeaders().contains(header.name());
                changed.add(signature ? header : new RawWebhook.Header(header.name(), Trial.freshId("evt_")));
            }
            changed.add(new RawWebhook.Header("x-anything", Trial.freshId("")));
            Collections.reverse(changed);
            if (trial.authenticate(new RawWebhook(changed, webhook.body(), webhook.receivedAt())) instanceof Accepted copy) {
                trial.check(!Collections.disjoint(copy.duplicateKeys(), first.duplicateKeys()),
                        "a copy with other headers has none of the keys of the first: it would be done twice");
            }
        }
    }

    private static void lateSuccess(Trial trial) {
        Opened opened = trial.opened();
        trial.needs(Deed.PAY_LATE);
        List<Accepted> failures = after(trial, Deed.FAIL, opened).stream().map(trial::accepted).toList();
        List<Accepted> successes = after(trial, Deed.PAY_LATE, opened).stream().map(trial::accepted).toList();
        disjoint(trial, failures, successes);
    }

    private static void twoPayments(Trial trial) {
        List<Accepted> one = after(trial, Deed.PAY, trial.opened()).stream().map(trial::accepted).toList();
        List<Accepted> two = after(trial, Deed.PAY, trial.opened()).stream().map(trial::accepted).toList();
        disjoint(trial, one, two);
    }

    private static void twoRefunds(Trial trial) {
        trial.applicable(trial.gateway.capabilities().partialRefunds(), "nothing is given back in parts");
        Opened paid = trial.paid();
        long third = paid.request().amount().minor() / 3;
        List<Accepted> one = afterRefund(trial, paid, trial.refundOf(paid, third));
        List<Accepted> two = afterRefund(trial, paid, trial.refundOf(paid, third));
        disjoint(trial, one, two);
    }

    private static void disjoint(Trial trial, List<Accepted> some, List<Accepted> others) {
        for (Accepted one : some) {
            for (Accepted other : others) {
                trial.check(Collections.disjoint(one.duplicateKeys(), other.duplicateKeys()),
                        one.event() + " and " + other.event() + " share a key: the second would be passed over");
            }
        }
    }

    private static void anyOrder(Trial trial) {
        Opened opened = trial.opened();
        after(trial, Deed.FAIL, opened);
        if (trial.lab.deeds().contains(Deed.PAY_LATE)) {
            trial.lab.happen(Deed.PAY_LATE, opened.id());
        }
        List<RawWebhook> forward = trial.notifications(opened);
        List<Accepted> one = forward.stream().map(trial::accepted).toList();
        List<RawWebhook> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        List<Accepted> other = new ArrayList<>(backward.stream().map(trial::accepted).toList());
        Collections.reverse(other);
        trial.check(one.equals(other), "they are understood otherwise in another order");
    }

    private static void offline(Trial trial) {
        trial.needs(Fault.REFUSED);
        Opened paid = trial.paid();
        List<RawWebhook> all = trial.notifications(paid);
        List<Accepted> before = all.stream().map(trial::accepted).toList();
        trial.lab.disturb(Fault.REFUSED, 100);
        trial.within(Duration.ofSeconds(1), "they take long: the provider seems to be asked",
                () -> trial.check(all.stream().map(trial::accepted).toList().equals(before), "they are understood otherwise"));
    }

    private static void headerNames(Trial trial) {
        Opened paid = trial.paid();
        for (RawWebhook webhook : trial.notifications(paid)) {
            List<RawWebhook.Header> shouted = webhook.headers().stream()
                    .map(header -> new RawWebhook.Header(header.name().toUpperCase(Locale.ROOT), header.value())).toList();
            trial.accepted(new RawWebhook(shouted, webhook.body(), webhook.receivedAt()));
        }
    }

    private static void untouched(Trial trial) {
        Opened paid = trial.paid();
        for (RawWebhook webhook : trial.notifications(paid)) {
            byte[] copy = webhook.body().clone();
            trial.accepted(webhook);
            trial.check(Arrays.equals(copy, webhook.body()), "it changes the bytes it was given");
        }
    }
}
