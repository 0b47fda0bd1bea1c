package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One item for each transaction, put only where there is none, and never touched again. */
@Component
public final class StoredLedger implements Ledger {

    private static final int MAX_PAGE = 1000;

    private final Store store;
    private final StoreScan scan;

    @Activate
    public StoredLedger(@Reference Store store, @Reference StoreScan scan) {
        this.store = store;
        this.scan = scan;
    }

    @Override
    public List<Write> booking(LedgerTransaction transaction) {
        return List.of(new Write.Put(LedgerItem.item(transaction), Condition.itemAbsent()));
    }

    @Override
    public Optional<LedgerTransaction> find(String id) {
        return store.get(LedgerItem.key(id)).map(LedgerItem::transaction);
    }

    @Override
    public LedgerPage latest(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + MAX_PAGE);
        }
        Page page = store.index(Table.LEDGER, LedgerItem.ALL, "", limit, cursor);
        return new LedgerPage(page.items().stream().map(LedgerItem::transaction).toList(), page.cursor());
    }

    @Override
    public Report check() {
        Set<String> booked = new HashSet<>();
        List<String> problems = new ArrayList<>();
        Map<String, Map<String, Money>> sums = new TreeMap<>();
        forEach(Table.LEDGER, item -> {
            try {
                LedgerTransaction transaction = LedgerItem.transaction(item);
                booked.add(transaction.id());
                for (Posting posting : transaction.postings()) {
                    sums.computeIfAbsent(posting.account(), account -> new TreeMap<>())
                            .merge(posting.amount().currency(), posting.amount(), Money::plus);
                }
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        });
        DocumentCheck documents = new DocumentCheck(store);
        forEach(Table.PAYMENT_TRANSACTIONS, item -> {
            missing(item, booked).ifPresent(problems::add);
            documents.see(item);
        });
        problems.addAll(documents.problems());
        Map<String, List<Money>> balances = new TreeMap<>();
        sums.forEach((account, byCurrency) -> balances.put(account, List.copyOf(byCurrency.values())));
        return new Report(booked.size(), balances, problems);
    }

    /** What a payment or refund ought to have in the book and has not. */
    private Optional<String> missing(Item item, Set<String> booked) {
        if (item.key().sk().equals(Keys.PAYMENT)) {
            StoredPayment payment = new StoredPayment(item);
            boolean moved = payment.is(Payment.State.PAID, Payment.State.REFUNDED) || !payment.booked().isEmpty();
            String id = Bookings.payment(payment.id());
            return moved ? missing(id, booked) : Optional.empty();
        }
        if (item.key().sk().startsWith(Keys.REFUND)) {
            StoredRefund refund = new StoredRefund(item);
            String id = Bookings.refund(refund.id());
            return refund.state() == RefundSnapshot.State.PROCESSED ? missing(id, booked) : Optional.empty();
        }
        return Optional.empty();
    }

    /** What was booked after the book was read is there all the same. */
    private Optional<String> missing(String id, Set<String> booked) {
        return booked.contains(id) || store.get(LedgerItem.key(id)).isPresent() ? Optional.empty() : Optional.of(id + " is missing");
    }

    private void forEach(Table table, Consumer<Item> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Page page = scan.scan(table, Store.MAX_PAGE, cursor.orElse(null));
            page.items().forEach(work);
            cursor = page.cursor();
        } while (cursor.isPresent());
    }
}
