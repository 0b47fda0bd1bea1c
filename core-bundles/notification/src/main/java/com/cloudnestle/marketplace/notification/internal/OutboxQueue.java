package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.notification.MailQueue;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The outbox as operators see it. */
@Component(service = MailQueue.class)
public final class OutboxQueue implements MailQueue {

    private final Outbox outbox;
    private final InstantSource clock;

    @Activate
    public OutboxQueue(@Reference Store store, @Reference ServerSecrets secrets, @Reference InstantSource clock) {
        this.outbox = new Outbox(store, secrets, clock);
        this.clock = clock;
    }

    @Override
    public List<Waiting> waiting(int limit) {
        checkLimit(limit);
        List<OutboxEntry> found = new ArrayList<>();
        for (int shard = 0; shard < OutboxEntry.SHARDS; shard++) {
            outbox.page(shard, limit, null).items().forEach(item -> OutboxEntry.of(item).ifPresent(found::add));
        }
        return found.stream()
                .sorted(Comparator.comparing((OutboxEntry entry) -> entry.due()).thenComparing(OutboxEntry::id))
                .limit(limit)
                .map(this::view)
                .toList();
    }

    private Waiting view(OutboxEntry entry) {
        String to = outbox.content(entry).map(content -> MaskedAddress.of(content.to())).orElse("");
        return new Waiting(entry.id(), entry.kind(), to, entry.acceptedAt(), entry.due(), entry.giveUpAt(), entry.attempts(),
                beingDelivered(entry));
    }

    private boolean beingDelivered(OutboxEntry entry) {
        return !entry.claim().isEmpty() && entry.due().isAfter(clock.instant());
    }

    @Override
    public List<GivenUp> givenUp(int limit) {
        checkLimit(limit);
        return outbox.givenUp(limit);
    }

    @Override
    public void retry(String id) {
        OutboxEntry entry = outbox.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "No such mail waits."));
        if (beingDelivered(entry) || !outbox.hurry(entry)) {
            throw new MarketplaceException(Problem.CONFLICT, "The mail is being delivered right now.");
        }
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + Store.MAX_PAGE);
        }
    }
}
