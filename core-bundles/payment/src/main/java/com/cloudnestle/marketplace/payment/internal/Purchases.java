package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.payment.internal.Quotes.Priced;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins payments, once for what is asked for once. */
final class Purchases {

    private static final Duration KEYS_KEPT = Duration.ofDays(30);
    private static final int MAX_KEY = 200;
    private static final String PAYMENT = "payment";
    private static final String MEANING = "meaning";

    private final PaymentBook book;
    private final Quotes quotes;
    private final Offers offers;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final PublicAddress address;
    private final Duration checkoutFor;

    Purchases(PaymentBook book, Quotes quotes, Offers offers, CatalogService catalog, CustomerDirectory customers, PublicAddress address,
            Duration checkoutFor) {
        this.book = book;
        this.quotes = quotes;
        this.offers = offers;
        this.catalog = catalog;
        this.customers = customers;
        this.address = address;
        this.checkoutFor = checkoutFor;
    }

    /** The payment of this purchase, new or known; not opened yet. */
    StoredPayment begin(Purchase asked) {
        Purchase purchase = addressed(asked);
        check(purchase);
        for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
            Optional<StoredPayment> known = byKey(purchase);
            if (known.isPresent()) {
                return known.get();
            }
            Optional<StoredPayment> won = attempt(purchase);
            if (won.isPresent()) {
                return won.get();
            }
        }
        throw PaymentBook.tooManyRaces();
    }

    private Purchase addressed(Purchase asked) {
        URI page = asked.returnUrl();
        return page == null ? asked : new Purchase(asked.customerId(), asked.solutionId(), asked.tier(), asked.buyer(),
                asked.gateway(), address.absolute(page), asked.idempotencyKey());
    }

    private void check(Purchase purchase) {
        if (purchase.idempotencyKey().isEmpty() || purchase.idempotencyKey().length() > MAX_KEY) {
            throw MarketplaceException.invalid("idempotency_key", "must have 1 to " + MAX_KEY + " characters");
        }
        requireReadable("buyer.name", purchase.buyer().name());
        requireReadable("buyer.address", purchase.buyer().address());
        CatalogEntry solution = catalog.require(purchase.solutionId());
        if (!solution.available()) {
            throw new MarketplaceException(Problem.SOLUTION_UNAVAILABLE, "This solution is not running right now.");
        }
        if (customers.find(purchase.customerId()).isEmpty()) {
            throw new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer.");
        }
        if (purchase.returnUrl() != null && !belongs(purchase.returnUrl(), solution)) {
            throw MarketplaceException.invalid("return_url", "must be a page of this marketplace or of the solution");
        }
    }

    /** Direction marks make a line of an invoice read as another one. {@link Buyer} reads those that payments have already. */
    private static void requireReadable(String field, String text) {
        if (text.codePoints().anyMatch(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x2028 || c == 0x2029)) {
            throw MarketplaceException.invalid(field, "must have no characters that turn the direction or end a line unseen");
        }
    }

    /** Nobody may use this server to send people to pages of his own. */
    private boolean belongs(URI url, CatalogEntry solution) {
        if (url.getScheme() == null || url.getRawAuthority() == null || url.getUserInfo() != null) {
            return false;
        }
        return address.here(url) || solution.descriptor().origins().contains(origin(url));
    }

    private static String origin(URI url) {
        try {
            return WebOrigin.registered(url.getScheme() + "://" + url.getRawAuthority()).toString();
        } catch (RuntimeException e) {
            return "";
        }
    }

    private Optional<StoredPayment> byKey(Purchase purchase) {
        return book.store().get(Keys.idempotency(purchase.customerId(), purchase.idempotencyKey())).map(item -> {
            if (item.string(MEANING).filter(meaning(purchase)::equals).isEmpty()) {
                throw new MarketplaceException(
                        Problem.IDEMPOTENCY_KEY_REUSED, "This idempotency key began another purchase before.");
            }
            return book.require(item.string(PAYMENT).orElseThrow());
        });
    }

    /** Empty if somebody else was faster. */
    private Optional<StoredPayment> attempt(Purchase purchase) {
        Instant now = book.now();
        Priced priced = quotes.quote(purchase.customerId(), purchase.solutionId(), purchase.tier(), purchase.buyer());
        Quote quote = priced.quote();
        Optional<Item> begun = book.store().get(Keys.begun(purchase.customerId(), quote.solutionId(), quote.tier()));
        Optional<StoredPayment> open = begun.flatMap(item -> item.string(PAYMENT)).flatMap(book::find)
                .filter(payment -> same(payment, quote, purchase, now));
        if (open.isPresent()) {
            return goingOn(open.get(), purchase, now);
        }
        new Unfinished(book).requireFew(purchase.customerId(), now);
        PaymentGateway gateway = gateway(quote, purchase.gateway());
        StoredPayment fresh = PaymentItems.fresh(
                Ids.fresh(Payment.PREFIX), purchase, priced, gateway, now, now.plus(checkoutFor));
        Task poll = Task.of(Task.Kind.POLL, fresh.id(), now.plus(Ladder.FIRST), Map.of(PAYMENT, fresh.id()));
        Note note = new Note("payment.created", purchase.customerId(), Map.of(
                "gateway", gateway.id(), "tier", quote.tier(), "solution", quote.solutionId(), "total", quote.total().toString()));
        boolean written = book.store().transact(List.of(
                new Write.Put(fresh.item(), Condition.itemAbsent()),
                book.event(fresh, note),
                listed(fresh),
                key(purchase, fresh.id(), now),
                begins(fresh, begun),
                Tasks.written(poll))).applied();
        return written ? Optional.of(fresh) : Optional.empty();
    }

    /** The buyer ends where he asked for it last: the provider sends him to our own page first, whatever comes after that. */
    private Optional<StoredPayment> goingOn(StoredPayment payment, Purchase purchase, Instant now) {
        Optional<URI> page = Optional.ofNullable(purchase.returnUrl());
        if (payment.view().returnUrl().equals(page)) {
            return book.store().write(key(purchase, payment.id(), now)).applied() ? Optional.of(payment) : Optional.empty();
        }
        StoredPayment.Draft draft = payment.change().remove(StoredPayment.RETURN_URL);
        StoredPayment next = draft.ifPresent(StoredPayment.RETURN_URL, page.map(URI::toString)).done();
        boolean written = book.store().transact(List.of(
                new Write.Put(next.item(), payment.unchanged()),
                book.event(next, new Note("return.changed", purchase.customerId(), Map.of())),
                key(purchase, payment.id(), now))).applied();
        return written ? Optional.of(next) : Optional.empty();
    }

    /** Whether a payment that was begun before is what is asked for now. */
    private boolean same(StoredPayment payment, Quote quote, Purchase purchase, Instant now) {
        boolean there = purchase.gateway() == null ? offers.of(payment).isPresent() : payment.gateway().equals(purchase.gateway());
        return there && payment.is(State.CREATED, State.OPEN) && now.isBefore(payment.expiresAt()) && payment.quote().equals(quote)
                && payment.view().buyer().equals(purchase.buyer());
    }

    private PaymentGateway gateway(Quote quote, @Nullable String wanted) {
        return offers.offered(quote.solutionId(), quote.total()).stream()
                .filter(each -> wanted == null || each.id().equals(wanted)).findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.CONFLICT, wanted == null
                        ? "No payment provider takes this amount right now."
                        : "The provider " + wanted + " does not take this amount right now."));
    }

    private static Write listed(StoredPayment payment) {
        return new Write.Put(new Item(Keys.listed(payment.customerId(), payment.createdAt(), payment.id()), Map.of(
                PAYMENT, payment.id(), Item.G1, Keys.ALL, Item.G1_SORT, Keys.newestFirst(payment.createdAt(), payment.id()))),
                Condition.itemAbsent());
    }

    private static Write begins(StoredPayment payment, Optional<Item> before) {
        Item item = new Item(Keys.begun(payment.customerId(), payment.solutionId(), payment.tier()), Map.of(PAYMENT, payment.id()));
        Condition unchanged = before.flatMap(seen -> seen.string(PAYMENT)).map(id -> Condition.equal(PAYMENT, id))
                .orElse(Condition.itemAbsent());
        return new Write.Put(item, unchanged);
    }

    private static Write key(Purchase purchase, String paymentId, Instant now) {
        Item item = new Item(Keys.idempotency(purchase.customerId(), purchase.idempotencyKey()), Map.of(
                PAYMENT, paymentId, MEANING, meaning(purchase), Item.TTL, now.plus(KEYS_KEPT).getEpochSecond()));
        return new Write.Put(item,
                Condition.any(Condition.itemAbsent(), Condition.atMost(Item.TTL, now.getEpochSecond())));
    }

    private static String meaning(Purchase purchase) {
        Buyer buyer = purchase.buyer();
        return Ids.digest(purchase.solutionId(), purchase.tier(), buyer.name(), buyer.country(), buyer.region(), buyer.taxId(),
                buyer.address(), purchase.gateway() == null ? "" : purchase.gateway(),
                purchase.returnUrl() == null ? "" : purchase.returnUrl().toString());
    }
}
