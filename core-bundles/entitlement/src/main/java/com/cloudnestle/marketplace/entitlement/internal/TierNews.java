package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.TierListener;
import com.cloudnestle.marketplace.entitlement.TierListener.Raise;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of raised tiers. Each piece of news is an item that is written with the change itself and removed when all
 * listeners have had it, so a crash at any moment delays it and does not lose it.
 */
@Component(service = TierNews.class)
public final class TierNews {

    private static final Logger LOG = LoggerFactory.getLogger(TierNews.class);
    private static final String PARTITION = "tier-news";
    private static final Duration WORTH_TELLING = Duration.ofDays(7);
    /** For what a crash or a failure left, and for news of other nodes that stopped. */
    private static final int ROUND_SECONDS = 60;
    private static final int PAGE = 100;

    private final Store store;
    private final Optional<ScheduledExecutorService> thread;

    /** Listeners need accounts and mails; they come when they can. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    final List<TierListener> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public TierNews(@Reference Store store) {
        this.store = store;
        ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "marketplace-tier-news");
            made.setDaemon(true);
            return made;
        });
        thread = Optional.of(own);
        own.scheduleWithFixedDelay(this::round, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
    }

    /** Without a thread: {@link #round} is called by hand. */
    TierNews(Store store, List<TierListener> listeners) {
        this.store = store;
        this.thread = Optional.empty();
        this.listeners.addAll(listeners);
    }

    @Deactivate
    public void stop() {
        thread.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    /**
     * What is to be written with a change of tier; nothing if it does not lead up. From no entitlement at all the first tier
     * for registered customers is no rise.
     *
     * @param change names this change and no other
     */
    static List<Write> of(CatalogEntry solution, String customerId, Optional<String> from, String to, Instant at, String change) {
        List<String> order = solution.tiers().stream().map(TierPlan::tier).filter(tier -> !tier.equals(Tiers.ANONYMOUS)).toList();
        int before = from.map(order::indexOf).orElse(0);
        if (order.indexOf(to) <= before || before < 0) {
            return List.of();
        }
        Map<String, Object> attributes = new HashMap<>(Map.of("change", change, "customer_id", customerId,
                "solution_id", solution.id(), "tier", to, "at", at.toString(), Item.TTL, at.plus(WORTH_TELLING).getEpochSecond()));
        from.ifPresent(tier -> attributes.put("from", tier));
        Key key = new Key(Table.SYSTEM, PARTITION, String.format(Locale.ROOT, "%013d#%s", at.toEpochMilli(), change));
        return List.of(new Write.Put(new Item(key, attributes), Condition.NONE));
    }

    /** There may be something to tell. */
    void look() {
        thread.ifPresent(executor -> {
            try {
                executor.execute(this::round);
            } catch (RejectedExecutionException e) {
                LOG.debug("event=tier_news_left_to_others");
            }
        });
    }

    /** Tells what there is. An exception would end the rounds for good. */
    void round() {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            Optional<String> cursor = Optional.empty();
            do {
                var page = store.query(Table.SYSTEM, PARTITION, "", false, PAGE, cursor.orElse(null));
                page.items().forEach(this::tell);
                cursor = page.cursor();
            } while (cursor.isPresent());
        } catch (MarketplaceException e) {
            LOG.warn("event=tier_news_not_read reason=\"{}\" next=later", e.getMessage());
        }
    }

    private void tell(Item item) {
        try {
            Raise raise = new Raise(EntitlementItem.text(item, "change"), EntitlementItem.text(item, "customer_id"),
                    EntitlementItem.text(item, "solution_id"), item.string("from"), EntitlementItem.text(item, "tier"),
                    Instant.parse(EntitlementItem.text(item, "at")));
            listeners.forEach(listener -> listener.raised(raise));
            store.delete(item.key(), Condition.NONE);
        } catch (RuntimeException e) { // listeners are anybody's; the others' news must not wait for one
            LOG.warn("event=tier_news_not_told change={} next=later", item.key().sk(), e);
        }
    }
}
