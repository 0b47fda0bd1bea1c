package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on notifications that were taken in: they say where to look, and the provider says what there is. */
final class WebhookWork {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookWork.class);
    /** A notification can be faster than the reply that tells us the provider's key. */
    private static final int LOOKS_FOR_PAYMENT = 5;
    private static final int MAX_ATTEMPTS = 20;
    private static final int LOOKS_FOR_REFUND = 15;
    private static final Duration LONGEST = Duration.ofHours(6);

    private final PaymentBook book;
    private final Inquiries inquiries;
    private final Refunds refunds;
    private final Effects effects;
    private final Looks looks = new Looks();

    WebhookWork(PaymentBook book, Inquiries inquiries, Refunds refunds, Effects effects) {
        this.book = book;
        this.inquiries = inquiries;
        this.refunds = refunds;
        this.effects = effects;
    }

    /** When to come back to it; empty: it is done. */
    Optional<Instant> work(Task task) {
        Subject subject = Subject.valueOf(task.fact("subject"));
        if (subject == Subject.OTHER || subject == Subject.MANDATE) {
            return Optional.empty();
        }
        Optional<StoredPayment> payment = payment(task);
        if (payment.isEmpty()) {
            return task.attempts() < LOOKS_FOR_PAYMENT ? later(task) : quarantined(task, "unknown_payment");
        }
        boolean its = payment.get().gateway().equals(task.fact("gateway")) && payment.get().account().equals(task.fact("account"));
        if (!its) {
            return quarantined(task, "other_account");
        }
        book.tell(payment.get().id(), Instant.ofEpochMilli(Long.parseLong(task.fact("at"))), "w" + task.ref(),
                new Note("webhook.accepted", task.fact("gateway"), Map.of("event", task.fact("event"), "subject", subject.name())));
        if (subject == Subject.DISPUTE) {
            disputed(task, payment.get());
        }
        boolean answered = switch (subject) {
            case REFUND -> askRefunds(task, payment.get());
            case PAYMENT -> seen(task, payment.get()) || ask(payment.get());
            default -> ask(payment.get());
        };
        return answered ? Optional.empty() : task.attempts() < MAX_ATTEMPTS ? later(task) : quarantined(task, "no_answer");
    }

    private Optional<StoredPayment> payment(Task task) {
        return book.find(task.fact("payment"))
                .or(() -> task.fact("order").isEmpty()
                        ? Optional.empty()
                        : book.idOf(task.fact("gateway"), task.fact("account"), task.fact("order")).flatMap(book::find))
                .or(() -> refunds.find(task.fact("refund")).map(StoredRefund::paymentId).flatMap(book::find));
    }

    /** Whether somebody looked since it came; only where it came in, because clocks differ. */
    private boolean seen(Task task, StoredPayment payment) {
        Instant came = Instant.ofEpochMilli(Long.parseLong(task.fact("at")));
        return task.attempts() == 0 && looks.since(payment.id(), came, book.now());
    }

    private boolean ask(StoredPayment seen) {
        Instant began = book.now();
        try {
            inquiries.ask(book.require(seen.id()), Cause.WEBHOOK);
            looks.answered(seen.id(), began);
            return true;
        } catch (GatewayException e) {
            return false;
        }
    }

    /**
     * The one it names. If that is none of ours, it was made at the provider, which the payment shows; those of ours that wait may be
     * in the provider's sum or not, so while there are some, the payment is looked at again later.
     */
    private boolean askRefunds(Task task, StoredPayment payment) {
        List<StoredRefund> ours = book.refunds(payment.id());
        Optional<StoredRefund> named = ours.stream().filter(refund -> refund.id().equals(task.fact("refund"))).findFirst();
        if (named.isPresent()) {
            if (named.get().state() != RefundSnapshot.State.PROCESSED) {
                inquiries.ask(payment, named.get(), Cause.WEBHOOK);
            }
            return true;
        }
        List<StoredRefund> waiting = ours.stream().filter(refund -> refund.state() == RefundSnapshot.State.PENDING).toList();
        boolean wait = false;
        for (StoredRefund refund : waiting) {
            wait |= inquiries.ask(payment, refund, Cause.WEBHOOK).state() == RefundSnapshot.State.PENDING;
        }
        return ask(payment) && !(wait && task.attempts() < LOOKS_FOR_REFUND);
    }

    private void disputed(Task task, StoredPayment payment) {
        LOG.error("event=payment_disputed payment={} gateway={} what={}; answer it at the provider before its deadline",
                payment.id(), payment.gateway(), task.fact("event"));
        Task effect = Effects.task(payment, "payment.disputed", task.ref(), Cause.WEBHOOK, false,
                Map.of("what", task.fact("event"), "webhook", task.ref()), task.due());
        effects.work(new Task(effect.kind(), effect.ref(), effect.due(), task.attempts(), effect.facts()));
    }

    private Optional<Instant> later(Task task) {
        return Optional.of(book.now().plus(Ladder.backoff(task.attempts(), LONGEST)));
    }

    private Optional<Instant> quarantined(Task task, String why) {
        LOG.error("event=webhook_quarantined gateway={} webhook={} what={} why={}",
                task.fact("gateway"), task.ref(), task.fact("event"), why);
        book.store().update(Keys.webhook(task.fact("gateway"), task.fact("account"), task.fact("key")),
                Update.builder().set("quarantined", why).build(), Condition.itemExists());
        return Optional.empty();
    }
}
