package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a transaction of the ledger lies in the store. */
final class LedgerItem {

    static final String ALL = "transactions";

    private static final String PARTITION = "transaction#";
    private static final String SORT = "transaction";
    private static final String DIGEST = "sha256";

    private LedgerItem() {}

    static Key key(String id) {
        return new Key(Table.LEDGER, PARTITION + id, SORT);
    }

    static Item item(LedgerTransaction transaction) {
        Map<String, Object> a = new HashMap<>();
        a.put("id", transaction.id());
        a.put("at", transaction.at().toEpochMilli());
        a.put("kind", transaction.kind());
        a.put("currency", transaction.postings().get(0).amount().currency());
        a.put("postings", postings(transaction.postings()));
        a.put("facts", Texts.join(transaction.facts()));
        a.put(DIGEST, digest(a));
        a.put(Item.G1, ALL);
        a.put(Item.G1_SORT, Keys.newestFirst(transaction.at(), transaction.id()));
        return new Item(key(transaction.id()), a);
    }

    /**
     * @throws IllegalArgumentException if the item is not what was written once, or does not add up; the message says which and why
     */
    static LedgerTransaction transaction(Item item) {
        String id = text(item, "id");
        if (!item.key().equals(key(id))) {
            throw new IllegalArgumentException(item.key().pk() + " holds " + id);
        }
        if (!digest(item.attributes()).equals(text(item, DIGEST))) {
            throw new IllegalArgumentException(id + " was changed after it was booked");
        }
        String currency = text(item, "currency");
        List<String> texts = Texts.split(text(item, "postings"));
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            postings.add(new Posting(texts.get(i), new Money(Long.parseLong(texts.get(i + 1)), currency)));
        }
        return new LedgerTransaction(id, Instant.ofEpochMilli(number(item, "at")), text(item, "kind"), postings,
                Texts.map(text(item, "facts")));
    }

    private static String postings(List<Posting> postings) {
        List<String> texts = new ArrayList<>();
        for (Posting posting : postings) {
            texts.add(posting.account());
            texts.add(Long.toString(posting.amount().minor()));
        }
        return Texts.join(texts);
    }

    /** Finds what was changed by mistake; who means to deceive can make another. */
    private static String digest(Map<String, Object> a) {
        return Ids.digest(String.valueOf(a.get("id")), String.valueOf(a.get("at")), String.valueOf(a.get("kind")),
                String.valueOf(a.get("currency")), String.valueOf(a.get("postings")), String.valueOf(a.get("facts")));
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalArgumentException(item.key().pk() + " lacks " + attribute));
    }

    private static long number(Item item, String attribute) {
        return item.number(attribute).orElseThrow(() -> new IllegalArgumentException(item.key().pk() + " lacks " + attribute));
    }
}
