package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Money on its way back, as it lies in the store beside its payment. */
record StoredRefund(Item item) {

    private static final String STATE = "state";
    private static final String PROVIDER_REFUND = "providerRefundId";
    private static final String CREDIT_NOTE = "creditNote";
    private static final String INVOICE = "invoiceNumber";
    private static final String ISSUED_AT = "issuedAt";
    private static final String NET = "netMinor";
    private static final String TAXES = "taxes";

    static StoredRefund fresh(String paymentId, String id, Money amount, String reason, String actor, Instant now) {
        Map<String, Object> a = new HashMap<>();
        a.put("id", id);
        a.put("payment", paymentId);
        a.put("amountMinor", amount.minor());
        a.put("currency", amount.currency());
        a.put("reason", reason);
        a.put("actor", actor);
        a.put("createdAt", now.toEpochMilli());
        a.put(STATE, State.PENDING.name());
        return new StoredRefund(new Item(Keys.refund(paymentId, id), a));
    }

    String id() {
        return text("id");
    }

    String paymentId() {
        return text("payment");
    }

    Money amount() {
        return new Money(item.number("amountMinor").orElseThrow(), text("currency"));
    }

    String reason() {
        return text("reason");
    }

    String actor() {
        return text("actor");
    }

    Instant createdAt() {
        return Instant.ofEpochMilli(item.number("createdAt").orElseThrow());
    }

    State state() {
        return State.valueOf(text(STATE));
    }

    Optional<String> providerRefundId() {
        return item.string(PROVIDER_REFUND);
    }

    Refund view() {
        return new Refund(id(), amount(), state(), reason(), actor(), createdAt(), creditNote());
    }

    /** Empty: it has none. */
    Optional<CreditNote> creditNote() {
        return item.string(CREDIT_NOTE).map(number -> new CreditNote(number, text(INVOICE),
                Instant.ofEpochMilli(item.number(ISSUED_AT).orElseThrow()),
                new Money(item.number(NET).orElseThrow(), amount().currency()),
                PaymentItems.taxes(text(TAXES), amount().currency()), amount()));
    }

    /** The same with a credit note. */
    StoredRefund credited(String number, String invoice, Bookings.Split split, Instant issuedAt) {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        attributes.put(CREDIT_NOTE, number);
        attributes.put(INVOICE, invoice);
        attributes.put(ISSUED_AT, issuedAt.toEpochMilli());
        attributes.put(NET, split.net().minor());
        attributes.put(TAXES, PaymentItems.taxes(split.taxes()));
        return new StoredRefund(new Item(item.key(), attributes));
    }

    StoredRefund in(State state, Optional<String> providerRefundId) {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        attributes.put(STATE, state.name());
        providerRefundId.filter(id -> !id.isEmpty()).ifPresent(id -> attributes.put(PROVIDER_REFUND, id));
        return new StoredRefund(new Item(item.key(), attributes));
    }

    /** Goes with a change of the payment, whose version keeps two changes apart; the state is a second lock. */
    Write change(StoredRefund next) {
        return new Write.Put(next.item(), Condition.equal(STATE, state().name()));
    }

    private String text(String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalStateException("a refund lacks " + attribute));
    }
}
