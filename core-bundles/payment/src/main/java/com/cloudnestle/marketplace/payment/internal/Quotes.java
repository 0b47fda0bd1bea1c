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
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import java.time.InstantSource;
import java.util.List;

/** What things cost. Prices come from the catalogue and from nowhere else. */
final class Quotes {

    private final CatalogService catalog;
    private final TaxRules taxes;
    private final InstantSource clock;

    Quotes(CatalogService catalog, TaxRules taxes, InstantSource clock) {
        this.catalog = catalog;
        this.taxes = taxes;
        this.clock = clock;
    }

    Quote quote(String solutionId, String tier, Buyer buyer) {
        CatalogEntry solution = catalog.require(solutionId);
        Price price = solution.tier(tier).flatMap(TierPlan::price).filter(known -> known.amountMinor() > 0)
                .orElseThrow(() -> new MarketplaceException(
                        Problem.TIER_UNKNOWN, "The solution " + solution.id() + " has no such tier to buy."));
        Money net = new Money(price.amountMinor(), price.currency());
        List<TaxLine> lines = taxes.on(net, buyer, clock.instant());
        Money total = lines.stream().map(TaxLine::amount).reduce(net, Money::plus);
        return new Quote(solution.id(), tier, price.period(), net, lines, total);
    }
}
