package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payment.Term;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.internal.Credits.Share;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A payment as it lies in the store. */
record StoredPayment(Item item) {

    static final String STATE = "state";
    static final String VERSION = "version";
    static final String PROVIDER_ORDER = "providerOrderId";
    static final String PROVIDER_PAYMENT = "providerPaymentId";
    static final String CHECKOUT = "checkout";
    static final String EXPIRES_AT = "expiresAt";
    static final String PAID_AT = "paidAt";
    static final String METHOD = "method";
    static final String FAILURE = "failure";
    /** How what came stands in the ledger: {@link #SALE}, {@link #UNALLOCATED} or not at all. */
    static final String BOOKED = "booked";
    static final String SALE = "sale";
    static final String UNALLOCATED = "unallocated";
    /** What came, in the provider's words. */
    static final String RECEIVED = "receivedMinor";
    static final String RECEIVED_CURRENCY = "receivedCurrency";
    /** Given back or about to be; never more than what came. */
    static final String RESERVED = "reservedMinor";
    /** Given back, as the provider confirmed. */
    static final String REFUNDED = "refundedMinor";
    /** What another payment has from this one as credit, with tax: it cannot be given back while that one is paid. */
    static final String CREDITED = "creditedMinor";
    static final String TERM_ENDED = "termEnded";
    private static final String TERM_FROM = "termFrom";
    private static final String TERM_UNTIL = "termUntil";
    private static final String ANCHOR = "anchorDay";
    private static final String REPLACED = "replaced";
    /** Of {@link #REFUNDED}: what was given back at the provider and not by us. */
    static final String FOREIGN = "foreignMinor";
    static final String RETURN_URL = "returnUrl";
    static final String FEE_BOOKED = "feeBooked";
    static final String INVOICE = "invoiceNumber";
    /** The name of the buyer, which is the one thing that erasing takes from a payment, with the address. */
    static final String BUYER_NAME = "buyerName";
    static final String BUYER_ADDRESS = "buyerAddress";

    String id() {
        return text("id");
    }

    String customerId() {
        return text("customerId");
    }

    String solutionId() {
        return text("solutionId");
    }

    String tier() {
        return text("tier");
    }

    State state() {
        return State.valueOf(text(STATE));
    }

    boolean is(State... states) {
        State mine = state();
        for (State each : states) {
            if (each == mine) {
                return true;
            }
        }
        return false;
    }

    long version() {
        return number(VERSION);
    }

    String gateway() {
        return text("gateway");
    }

    String account() {
        return text("account");
    }

    Quote quote() {
        return PaymentItems.quote(item);
    }

    Money total() {
        return new Money(number("totalMinor"), text("currency"));
    }

    /** What the provider collected; empty while nothing that belongs to this payment came. */
    Optional<Money> received() {
        return item.number(RECEIVED).isPresent()
                ? Optional.of(new Money(number(RECEIVED), text(RECEIVED_CURRENCY)))
                : Optional.empty();
    }

    /** In the currency of what came. */
    Money reserved() {
        return new Money(item.number(RESERVED, 0), received().orElse(total()).currency());
    }

    Money refunded() {
        return new Money(item.number(REFUNDED, 0), received().orElse(total()).currency());
    }

    Money credited() {
        return new Money(item.number(CREDITED, 0), received().orElse(total()).currency());
    }

    /** Of which payments its credit is made, as it was quoted. */
    List<Share> shares() {
        return Credits.split(item.string(PaymentItems.SHARES).orElse(""));
    }

    /** Payments that gave another tier until this one did. */
    List<String> replaced() {
        return Texts.split(item.string(REPLACED).orElse(""));
    }

    /** What it paid for; empty unless paid, and for what does not end with a term. */
    Optional<Term> term() {
        return item.number(TERM_UNTIL).isPresent()
                ? Optional.of(new Term(Instant.ofEpochMilli(number(TERM_FROM)), Instant.ofEpochMilli(number(TERM_UNTIL))))
                : Optional.empty();
    }

    /** Day of the month that the terms after this one keep. */
    int anchor() {
        return (int) number(ANCHOR);
    }

    boolean termEnded() {
        return item.number(TERM_ENDED, 0) == 1;
    }

    Money foreign() {
        return new Money(item.number(FOREIGN, 0), received().orElse(total()).currency());
    }

    Optional<String> invoice() {
        return item.string(INVOICE);
    }

    /** The same with its number, not yet written. */
    StoredPayment invoiced(String number) {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        attributes.put(INVOICE, number);
        return new StoredPayment(new Item(item.key(), attributes));
    }

    String booked() {
        return item.string(BOOKED).orElse("");
    }

    boolean feeBooked() {
        return item.number(FEE_BOOKED, 0) == 1;
    }

    Optional<String> providerOrderId() {
        return item.string(PROVIDER_ORDER);
    }

    Instant createdAt() {
        return Instant.ofEpochMilli(number("createdAt"));
    }

    Instant expiresAt() {
        return Instant.ofEpochMilli(number(EXPIRES_AT));
    }

    Optional<Instant> paidAt() {
        return item.number(PAID_AT).isPresent() ? Optional.of(Instant.ofEpochMilli(number(PAID_AT))) : Optional.empty();
    }

    String failure() {
        return item.string(FAILURE).orElse("");
    }

    Optional<Checkout.Action> checkout() {
        return item.string(CHECKOUT).map(PaymentItems::action);
    }

    Expected expected() {
        return expected(total());
    }

    /** With what came as the amount, for giving it back. */
    Expected expectedBack() {
        return expected(received().orElse(total()));
    }

    private Expected expected(Money amount) {
        return new Expected(id(), providerOrderId(), item.string(PROVIDER_PAYMENT), amount, customerId(), createdAt(), expiresAt());
    }

    Payment view() {
        return new Payment(id(), customerId(), quote(), PaymentItems.buyer(item), state(), gateway(), account(), providerOrderId(),
                is(State.OPEN) ? checkout() : Optional.empty(), refunded(), createdAt(), expiresAt(), paidAt(),
                item.string(METHOD).orElse(""), failure(), item.string(RETURN_URL).map(URI::create),
                term(), invoice());
    }

    /** Holds while nobody changed it since it was read. */
    Condition unchanged() {
        return Condition.equal(VERSION, version());
    }

    Draft change() {
        return new Draft(item);
    }

    private String text(String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalStateException("a payment lacks " + attribute));
    }

    private long number(String attribute) {
        return item.number(attribute).orElseThrow(() -> new IllegalStateException("a payment lacks " + attribute));
    }

    /** The same payment with something changed. Not thread-safe. */
    static final class Draft {

        private final Item before;
        private final Map<String, Object> attributes;

        private Draft(Item before) {
            this.before = before;
            this.attributes = new HashMap<>(before.attributes());
        }

        Draft set(String attribute, Object value) {
            attributes.put(attribute, Objects.requireNonNull(value));
            return this;
        }

        Draft at(String attribute, Instant moment) {
            return set(attribute, moment.toEpochMilli());
        }

        /** Only what has an own page while it is open keeps the way there. */
        Draft state(State state) {
            if (state != State.OPEN) {
                attributes.remove(CHECKOUT);
            }
            set(Item.G1, PaymentItems.inState(state));
            return set(STATE, state.name());
        }

        Draft received(Money money, String booked) {
            set(BOOKED, booked);
            set(RECEIVED_CURRENCY, money.currency());
            return set(RECEIVED, money.minor());
        }

        Draft term(Term term, int anchor) {
            at(TERM_FROM, term.from());
            at(TERM_UNTIL, term.until());
            return set(ANCHOR, (long) anchor);
        }

        Draft replaced(List<String> payments) {
            return payments.isEmpty() ? this : set(REPLACED, Texts.join(payments));
        }

        Draft remove(String attribute) {
            attributes.remove(attribute);
            return this;
        }

        Draft ifPresent(String attribute, Optional<String> value) {
            value.filter(text -> !text.isEmpty()).ifPresent(text -> set(attribute, text));
            return this;
        }

        StoredPayment done() {
            set(VERSION, before.number(VERSION, 0) + 1);
            return new StoredPayment(new Item(before.key(), attributes));
        }
    }
}
