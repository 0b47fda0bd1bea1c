package com.cloudnestle.marketplace.ledger;

import com.cloudnestle.marketplace.payment.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One movement of money between accounts.
 *
 * @param id unique for ever; says what caused it, e.g. {@code payment:pay_…} or {@code refund:rfd_…}, so that nothing is booked twice
 * @param postings at least two, all of one currency, that sum to zero: debits positive, credits negative
 * @param facts what it was about, e.g. {@code payment}, {@code solution}; no people
 */
public record LedgerTransaction(String id, Instant at, String kind, List<Posting> postings, Map<String, String> facts) {

    public LedgerTransaction {
        Objects.requireNonNull(at);
        Objects.requireNonNull(kind);
        postings = List.copyOf(postings);
        facts = Map.copyOf(facts);
        if (id.isEmpty() || id.length() > 200) {
            throw new IllegalArgumentException("id must have 1 to 200 characters");
        }
        if (postings.size() < 2) {
            throw new IllegalArgumentException("a transaction has at least two postings");
        }
        Money sum = Money.zero(postings.get(0).amount().currency());
        for (Posting posting : postings) {
            sum = sum.plus(posting.amount());
        }
        if (!sum.isZero()) {
            throw new IllegalArgumentException("postings of " + id + " do not sum to zero but to " + sum);
        }
    }

    /**
     * @param account e.g. {@code assets:gateway:razorpay:acc_1}, {@code income:sales:aws-solution-finder}, {@code liabilities:tax:igst}
     * @param amount positive: debit, negative: credit; never zero
     */
    public record Posting(String account, Money amount) {
        public Posting {
            if (!account.matches("(assets|liabilities|income|expenses|equity)(:[A-Za-z0-9_.-]{1,80}){1,5}")) {
                throw new IllegalArgumentException("not the name of an account: " + account);
            }
            if (amount.isZero()) {
                throw new IllegalArgumentException("a posting moves something");
            }
        }
    }
}
