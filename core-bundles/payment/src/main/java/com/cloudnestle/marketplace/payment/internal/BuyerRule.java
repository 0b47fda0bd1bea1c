package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a payment tells who was billed after the person is gone. An invoice to somebody with a tax id, or of 50,000 rupees and more,
 * is none without name and address, and invoices are kept for 72 months from the annual return of their year: 8 years from the payment
 * are never too short for that. All other payments lose both at once.
 */
final class BuyerRule {

    private static final Money LARGE = new Money(5_000_000, "INR");
    private static final int YEARS = 8;

    private BuyerRule() {}

    /** Empty: name and address go with the person. */
    static Optional<Instant> keptUntil(StoredPayment payment) {
        if (payment.invoice().isEmpty() || DocumentRules.test(payment)) {
            return Optional.empty();
        }
        if (PaymentItems.buyer(payment.item()).taxId().isEmpty() && !large(payment.total())) {
            return Optional.empty();
        }
        return Optional.of(payment.paidAt().orElse(payment.createdAt()).atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant());
    }

    private static boolean large(Money total) {
        return total.currency().equals(LARGE.currency()) && total.compareTo(LARGE) >= 0;
    }

    /** All that erasing the person does to the payment; fails if somebody changed it since it was read. */
    static List<Write> erased(StoredPayment payment) {
        Optional<Instant> until = keptUntil(payment);
        if (until.isEmpty()) {
            Update nameless = Update.builder().set(StoredPayment.BUYER_NAME, "").set(StoredPayment.BUYER_ADDRESS, "")
                    .add(StoredPayment.VERSION, 1).build(); // so that who read it before does not write the name again
            return List.of(new Write.Change(payment.item().key(), nameless, payment.unchanged()));
        }
        return List.of(new Write.Check(payment.item().key(), payment.unchanged()),
                Tasks.written(Task.of(Task.Kind.BUYER_END, payment.id(), until.get(), Map.of())));
    }
}
