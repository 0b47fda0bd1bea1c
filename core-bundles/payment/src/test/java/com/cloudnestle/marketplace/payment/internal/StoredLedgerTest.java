package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredLedgerTest {

    private final InMemoryStore store = new InMemoryStore(new ManualClock(World.NOON));
    private final StoredLedger ledger = new StoredLedger(store, store);

    private static LedgerTransaction transaction(String id, long minor) {
        return new LedgerTransaction(id, World.NOON, "sale", List.of(
                new Posting("assets:gateway:lab:acc", new Money(minor, "INR")),
                new Posting("income:sales:finder", new Money(-minor, "INR"))), Map.of("payment", "pay_1", "text", "a\\b\nc"));
    }

    private boolean book(LedgerTransaction transaction) {
        return store.transact(ledger.booking(transaction)).applied();
    }

    @Test
    void keepsWhatWasBookedAndBooksNothingTwice() {
        LedgerTransaction first = transaction("payment:pay_1", 100);
        assertThat(book(first)).isTrue();
        assertThat(book(transaction("payment:pay_1", 999))).isFalse();

        assertThat(ledger.find("payment:pay_1")).contains(first);
        assertThat(ledger.find("payment:pay_2")).isEmpty();
    }

    @Test
    void addsEverythingUpByAccountAndCurrency() {
        book(transaction("a", 100));
        book(transaction("b", 50));

        assertThat(ledger.check().transactions()).isEqualTo(2);
        assertThat(ledger.check().problems()).isEmpty();
        assertThat(ledger.check().balances()).containsEntry("assets:gateway:lab:acc", List.of(new Money(150, "INR")))
                .containsEntry("income:sales:finder", List.of(new Money(-150, "INR")));
    }

    @Test
    void listsTheNewestFirst() {
        book(transaction("a", 100));
        LedgerTransaction later = new LedgerTransaction(
                "b", World.NOON.plusSeconds(1), "sale", transaction("b", 1).postings(), Map.of());
        book(later);

        assertThat(ledger.latest(10, null).transactions()).extracting(LedgerTransaction::id).containsExactly("b", "a");
        assertThat(ledger.latest(1, ledger.latest(1, null).cursor().orElseThrow()).transactions())
                .extracting(LedgerTransaction::id).containsExactly("a");
    }

    @Test
    void namesATransactionThatSomebodyChanged() {
        book(transaction("a", 100));
        Item item = store.get(LedgerItem.key("a")).orElseThrow();
        Map<String, Object> other = new HashMap<>(item.attributes());
        other.put("postings", ((String) other.get("postings")).replace("100", "101"));
        store.put(new Item(item.key(), other));

        assertThat(ledger.check().problems()).containsExactly("a was changed after it was booked");
    }

    @Test
    void namesAPaymentThatIsNotInTheBook() {
        World world = new World();
        Process process = world.start();
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());
        process.verify(payment);
        world.data.delete(LedgerItem.key(Bookings.payment(payment.id())), Condition.NONE);

        assertThat(process.ledger.check().problems()).containsExactly("payment:" + payment.id() + " is missing");
    }

    @Test
    void refusesWhatDoesNotSumToZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LedgerTransaction("x", World.NOON, "sale", List.of(
                new Posting("assets:a", new Money(2, "INR")), new Posting("income:b", new Money(-1, "INR"))), Map.of()));
    }
}
