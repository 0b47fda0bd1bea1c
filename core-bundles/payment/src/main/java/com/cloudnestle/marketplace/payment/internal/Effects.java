package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a step of a payment elsewhere: the tier and a line in the audit log. Safe to be cut off anywhere and begun again.
 * The mail that tells of a higher tier comes with the tier.
 */
final class Effects {

    /** Money came that does not fit. */
    static final String HELD = "payment.held";

    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);
    private static final String EVENT = "event";
    private static final String ACTOR = "actor";
    private static final String TIER = "tier_follows";
    private static final int LOOKED_THROUGH = 1000;

    private final PaymentBook book;
    private final Ownership ownership;
    private final AuditLog audit;

    Effects(PaymentBook book, Ownership ownership, AuditLog audit) {
        this.book = book;
        this.ownership = ownership;
        this.audit = audit;
    }

    /**
     * @param which tells effects of one payment apart
     * @param tierFollows whether the customer's tier changes by it
     * @param details for the audit log; no people
     */
    static Task task(StoredPayment payment, String event, String which, Cause cause, boolean tierFollows,
            Map<String, String> details, Instant due) {
        Map<String, String> facts = new HashMap<>(details);
        facts.put(EVENT, event);
        facts.put(ACTOR, cause.actor());
        facts.put(TIER, Boolean.toString(tierFollows));
        facts.put("payment", payment.id());
        return Task.of(Task.Kind.EFFECT, payment.id() + "#" + which, due, facts);
    }

    Optional<Instant> work(Task task) {
        StoredPayment payment = book.require(task.fact("payment"));
        if (task.fact(TIER).equals("true")) {
            ownership.bringIntoLine(payment, book.now());
        }
        record(task, payment);
        return Optional.empty();
    }

    private void record(Task task, StoredPayment payment) {
        Map<String, String> details = new HashMap<>(task.facts());
        details.keySet().removeAll(Set.of(EVENT, ACTOR, TIER));
        String event = task.fact(EVENT);
        // Who took it up again does not know how far the one before came.
        if (task.attempts() > 0 && audit.latest(LOOKED_THROUGH, null).stream().anyMatch(entry -> same(entry, event, details))) {
            return;
        }
        audit.append(task.fact(ACTOR), event, payment.customerId(), details);
        if (event.equals(HELD)) {
            held(payment, task.fact("why"));
        }
    }

    private static void held(StoredPayment payment, String why) {
        if (payment.reserved().isZero()) {
            LOG.error("event=payment_held payment={} gateway={} why={}; nothing is granted, see the payment in the administration",
                    payment.id(), payment.gateway(), why);
        } else {
            LOG.warn("event=payment_held payment={} gateway={} why={}; the money goes back by itself", payment.id(), payment.gateway(), why);
        }
    }

    private static boolean same(AuditEntry entry, String event, Map<String, String> details) {
        return entry.event().equals(event) && entry.details().equals(details);
    }
}
