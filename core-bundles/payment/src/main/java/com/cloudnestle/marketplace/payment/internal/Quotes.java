package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.Quote.Credit;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import com.cloudnestle.marketplace.payment.internal.Credits.Share;
import com.cloudnestle.marketplace.payment.internal.Holdings.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What things cost. Prices come from the catalogue and from nowhere else; what somebody has paid for already from the payments. */
final class Quotes {

    private final PaymentBook book;
    private final CatalogService catalog;
    private final TaxRules taxes;
    private final Ownership ownership;
    private final Holdings holdings;

    Quotes(PaymentBook book, CatalogService catalog, TaxRules taxes, Ownership ownership, Holdings holdings) {
        this.book = book;
        this.catalog = catalog;
        this.taxes = taxes;
        this.ownership = ownership;
        this.holdings = holdings;
    }

    /** @param shares of which payments the credit is made; none: there is no credit */
    record Priced(Quote quote, List<Share> shares) {
        Priced {
            shares = List.copyOf(shares);
        }
    }

    /** What the customer has already, as far as it counts for a price. */
    private record Before(Optional<Credit> credit, List<Share> shares, Optional<Instant> startsAt) {
        static final Before NEW = new Before(Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * @param customerId null: somebody who has nothing
     * @throws MarketplaceException {@code conflict} (409) if there is nothing to buy for this customer now
     */
    Priced quote(@Nullable String customerId, String solutionId, String tier, Buyer buyer) {
        CatalogEntry solution = catalog.require(solutionId);
        Price price = solution.tier(tier).flatMap(TierPlan::price).filter(known -> known.amountMinor() > 0)
                .orElseThrow(() -> new MarketplaceException(
                        Problem.TIER_UNKNOWN, "The solution " + solution.id() + " has no such tier to buy."));
        Instant now = book.now();
        Money whole = new Money(price.amountMinor(), price.currency());
        Before before = customerId == null ? Before.NEW : before(customerId, solution.id(), tier, whole, now);
        Money net = before.credit().map(credit -> whole.minus(credit.amount())).orElse(whole);
        List<TaxLine> lines = taxes.on(net, buyer, now);
        Money total = lines.stream().map(TaxLine::amount).reduce(net, Money::plus);
        return new Priced(new Quote(solution.id(), tier, price.period(), net, lines, total, before.credit(), before.startsAt()),
                before.shares());
    }

    private Before before(String customerId, String solutionId, String tier, Money price, Instant now) {
        Optional<Held> held = holdings.of(customerId, solutionId, now);
        if (held.isPresent() && held.get().tier().equals(tier)) {
            return new Before(Optional.empty(), List.of(), Optional.of(renewed(held.get(), now)));
        }
        boolean paid = ownership.owned(customerId, solutionId)
                .filter(owned -> owned.tier().equals(tier) && owned.running(now).isPresent()).isPresent();
        if (paid || ownership.has(customerId, solutionId, tier, now)) {
            throw new MarketplaceException(Problem.CONFLICT, "The customer has this tier already.");
        }
        return held.filter(present -> present.running().total().currency().equals(price.currency()))
                .map(present -> credited(present, price, now)).orElse(Before.NEW);
    }

    private Instant renewed(Held held, Instant now) {
        Instant from = holdings.renewableFrom(held);
        if (held.ahead().isPresent() || now.isBefore(from)) {
            throw new MarketplaceException(Problem.CONFLICT, "This tier is paid for until " + holdings.said(held.until())
                    + "; the next term can be bought from " + holdings.said(from) + ".");
        }
        return held.until();
    }

    private Before credited(Held held, Money price, Instant now) {
        List<Share> shares = new ArrayList<>();
        int unused = 0;
        int days = 0;
        Money sum = Money.zero(price.currency());
        for (StoredPayment payment : held.payments()) {
            Holdings.Days left = holdings.days(payment, now);
            Money part = Credits.of(Credits.value(payment), left.unused(), left.all());
            shares.add(Share.of(payment, part));
            sum = sum.plus(part);
            unused += left.unused();
            days += left.all();
        }
        Money atLeast = sum.isZero() ? held.running().quote().price() : sum;
        if (price.compareTo(atLeast) <= 0) {
            throw new MarketplaceException(Problem.CONFLICT, "The tier " + held.tier() + " is paid for until "
                    + holdings.said(held.until()) + "; this one costs no more than what is left of it and can be bought then.");
        }
        return sum.isZero() ? Before.NEW : new Before(
                Optional.of(new Credit(held.running().id(), held.tier(), sum, unused, days)), shares, Optional.empty());
    }
}
