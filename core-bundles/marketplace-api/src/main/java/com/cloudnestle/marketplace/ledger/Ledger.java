package com.cloudnestle.marketplace.ledger;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.store.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The book of all money. Nothing in it is ever changed; a mistake is corrected by another transaction. Thread-safe. */
@ProviderType
public interface Ledger {

    /**
     * The writes that book a transaction, to stand in one store transaction with what caused it. Its condition fails if a
     * transaction with this id is booked already.
     */
    List<Write> booking(LedgerTransaction transaction);

    Optional<LedgerTransaction> find(String id);

    /** Newest first, at most {@code limit} (1 to 1000). */
    LedgerPage latest(int limit, @Nullable String cursor);

    /** Adds everything up anew. */
    Report check();

    record LedgerPage(List<LedgerTransaction> transactions, Optional<String> cursor) {
        public LedgerPage {
            transactions = List.copyOf(transactions);
        }
    }

    /**
     * @param transactions how many were read
     * @param balances by account, then currency, each summed from all postings
     * @param problems what does not add up or cannot be read; empty if all is well
     */
    record Report(long transactions, Map<String, List<Money>> balances, List<String> problems) {
        public Report {
            balances = Map.copyOf(balances);
            problems = List.copyOf(problems);
        }
    }
}
