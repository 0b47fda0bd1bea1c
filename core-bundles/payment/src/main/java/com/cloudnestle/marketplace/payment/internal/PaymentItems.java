package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.Quote.Credit;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import com.cloudnestle.marketplace.payment.internal.Quotes.Priced;
import com.cloudnestle.marketplace.store.Item;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the parts of a payment are written into its item and read again. */
final class PaymentItems {

    static final String SHARES = "creditShares";

    private static final String REDIRECT = "redirect";
    private static final String SCRIPT = "script";

    private PaymentItems() {}

    static StoredPayment fresh(String id, Purchase purchase, Priced priced, PaymentGateway gateway, Instant now, Instant expiresAt) {
        Quote quote = priced.quote();
        Map<String, Object> a = new HashMap<>();
        a.put("id", id);
        a.put("customerId", purchase.customerId());
        a.put("solutionId", quote.solutionId());
        a.put("tier", quote.tier());
        a.put("period", quote.period());
        a.put("netMinor", quote.net().minor());
        a.put("totalMinor", quote.total().minor());
        a.put("currency", quote.total().currency());
        a.put("taxes", taxes(quote.taxes()));
        quote.startsAt().ifPresent(moment -> a.put("startsAt", moment.toEpochMilli()));
        quote.credit().ifPresent(credit -> {
            a.put("creditPayment", credit.paymentId());
            a.put("creditTier", credit.tier());
            a.put("creditMinor", credit.amount().minor());
            a.put("creditUnusedDays", (long) credit.unusedDays());
            a.put("creditTermDays", (long) credit.termDays());
            a.put(SHARES, Credits.join(priced.shares()));
        });
        Buyer buyer = purchase.buyer();
        a.put(StoredPayment.BUYER_NAME, buyer.name());
        a.put(StoredPayment.BUYER_ADDRESS, buyer.address());
        a.put("buyerCountry", buyer.country());
        a.put("buyerRegion", buyer.region());
        a.put("buyerTaxId", buyer.taxId());
        a.put("gateway", gateway.id());
        a.put("account", gateway.account());
        a.put("mode", gateway.capabilities().mode().name());
        a.put("createdAt", now.toEpochMilli());
        a.put(StoredPayment.EXPIRES_AT, expiresAt.toEpochMilli());
        a.put(StoredPayment.STATE, State.CREATED.name());
        a.put(StoredPayment.VERSION, 1L);
        a.put(Item.G1, inState(State.CREATED));
        a.put(Item.G1_SORT, Keys.newestFirst(now, id));
        if (purchase.returnUrl() != null) {
            a.put(StoredPayment.RETURN_URL, purchase.returnUrl().toString());
        }
        return new StoredPayment(new Item(Keys.payment(id), a));
    }

    /** In the index of payments of one state. */
    static String inState(State state) {
        return "state#" + state;
    }

    static Quote quote(Item item) {
        String currency = text(item, "currency");
        return new Quote(text(item, "solutionId"), text(item, "tier"), text(item, "period"),
                new Money(item.number("netMinor").orElseThrow(), currency), taxes(text(item, "taxes"), currency),
                new Money(item.number("totalMinor").orElseThrow(), currency), credit(item, currency), startsAt(item));
    }

    private static Optional<Credit> credit(Item item, String currency) {
        return item.string("creditPayment").map(payment -> new Credit(payment, text(item, "creditTier"),
                new Money(item.number("creditMinor").orElseThrow(), currency), (int) item.number("creditUnusedDays").orElseThrow(),
                (int) item.number("creditTermDays").orElseThrow()));
    }

    private static Optional<Instant> startsAt(Item item) {
        OptionalLong moment = item.number("startsAt");
        return moment.isPresent() ? Optional.of(Instant.ofEpochMilli(moment.getAsLong())) : Optional.empty();
    }

    static Buyer buyer(Item item) {
        return new Buyer(text(item, StoredPayment.BUYER_NAME), text(item, "buyerCountry"), text(item, "buyerRegion"),
                text(item, "buyerTaxId"), text(item, StoredPayment.BUYER_ADDRESS));
    }

    static String action(Checkout.Action action) {
        List<String> texts = new ArrayList<>();
        if (action instanceof Checkout.Redirect redirect) {
            texts.add(REDIRECT);
            texts.add(redirect.url().toString());
        } else if (action instanceof Checkout.Script script) {
            texts.add(SCRIPT);
            texts.add(script.source().toString());
            texts.add(script.starter());
            texts.add(Texts.join(script.parameters()));
        }
        return Texts.join(texts);
    }

    static Checkout.Action action(String stored) {
        List<String> texts = Texts.split(stored);
        return texts.get(0).equals(REDIRECT)
                ? new Checkout.Redirect(URI.create(texts.get(1)))
                : new Checkout.Script(URI.create(texts.get(1)), texts.get(2), Texts.map(texts.get(3)));
    }

    static String taxes(List<TaxLine> lines) {
        List<String> texts = new ArrayList<>();
        for (TaxLine line : lines) {
            texts.add(line.name());
            texts.add(Integer.toString(line.basisPoints()));
            texts.add(Long.toString(line.amount().minor()));
        }
        return Texts.join(texts);
    }

    static List<TaxLine> taxes(String stored, String currency) {
        List<String> texts = Texts.split(stored);
        List<TaxLine> lines = new ArrayList<>();
        for (int i = 0; i + 2 < texts.size(); i += 3) {
            lines.add(new TaxLine(texts.get(i), Integer.parseInt(texts.get(i + 1)),
                    new Money(Long.parseLong(texts.get(i + 2)), currency)));
        }
        return lines;
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalStateException("a payment lacks " + attribute));
    }
}
