package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Units set aside. A hold and its units come and go in one transaction, so any node may end a hold, and it ends once.
 */
final class Holds {

    static final Duration MIN_LIFETIME = Duration.ofSeconds(1);
    static final Duration MAX_LIFETIME = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    /** Leaves the holder's last moment to the holder, whose clock may be a little behind. */
    private static final long GRACE_SECONDS = 5;

    private static final int PAGE = 100;
    private static final int ATTEMPTS = 50;

    private final QuotaEngine engine;
    private final Ledger ledger;
    private final HandBack handBack;
    private final InstantSource clock;

    Holds(QuotaEngine engine, Ledger ledger, HandBack handBack, InstantSource clock) {
        this.engine = engine;
        this.ledger = ledger;
        this.handBack = handBack;
        this.clock = clock;
    }

    /** A decision, and the hold if it allows. */
    record Made(Decision decision, @Nullable HoldItem hold) {}

    Made reserve(AccessRequest request, Duration lifetime) {
        if (request.checkOnly() || request.idempotencyKey().isPresent()) {
            throw MarketplaceException.invalid("request", "may neither be a check nor have an idempotency key");
        }
        if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw MarketplaceException.invalid("lifetime", "must be 1 second to 24 hours");
        }
        Instant end = clock.instant().plus(lifetime).plusMillis(999);
        Instant expiresAt = Instant.ofEpochSecond(end.getEpochSecond());
        Draft draft = new Draft(HoldItem.newId(expiresAt), expiresAt, request);
        Decision decision = engine.decideWithLock(request, draft);
        return new Made(decision, decision instanceof Allowed ? draft.hold : null);
    }

    /** Becomes a hold as soon as it is known where its units come from. */
    private static final class Draft implements BlockTaker.Companion {
        private final String id;
        private final Instant expiresAt;
        private final AccessRequest request;
        private @Nullable HoldItem hold;

        Draft(String id, Instant expiresAt, AccessRequest request) {
            this.id = id;
            this.expiresAt = expiresAt;
            this.request = request;
        }

        @Override
        public Write with(Counter counter) {
            hold = new HoldItem(id, expiresAt, request.subject(), counter.terms().entry().id(), request.action(),
                    request.units(), counter.origin());
            return hold.put();
        }

        @Override
        public void refused() {} // its id is its own
    }

    Optional<HoldItem> find(String id) {
        return HoldItem.key(id)
                .flatMap(ledger.store()::get)
                .map(HoldItem::of)
                .filter(hold -> clock.instant().isBefore(hold.expiresAt()));
    }

    /** Ends the hold, which used so many of its units, or more. A refusal leaves it as it is. */
    Decision settle(HoldItem hold, long used) {
        if (!clock.instant().isBefore(hold.expiresAt())) {
            throw ended(hold);
        }
        if (used > hold.units()) {
            AccessRequest more = AccessRequest.one(hold.subject(), hold.solution(), hold.action())
                    .withUnits(used - hold.units());
            return engine.decideWithLock(more, new Ending(hold));
        }
        if (!end(hold, hold.units() - used)) {
            throw ended(hold);
        }
        QuotaState state = engine.state(hold.subject(), hold.solution(), hold.action());
        return new Allowed(state, Optional.empty(), false);
    }

    /** Ends the hold together with the units that it used beyond its own. */
    private final class Ending implements BlockTaker.Companion {
        private final HoldItem hold;

        Ending(HoldItem hold) {
            this.hold = hold;
        }

        @Override
        public Write with(Counter counter) {
            return hold.delete();
        }

        @Override
        public void refused() {
            if (ledger.store().get(hold.key()).isEmpty()) {
                throw ended(hold);
            }
        }
    }

    static MarketplaceException ended(HoldItem hold) {
        return new MarketplaceException(Problem.HOLD_ENDED, "The hold " + hold.id() + " has ended.");
    }

    /** Ends the hold and gives all of it back; false if it had ended. */
    boolean release(HoldItem hold) {
        return end(hold, hold.units());
    }

    private boolean end(HoldItem hold, long unused) {
        boolean[] done = new boolean[1];
        engine.underLock(hold.subject(), hold.solution(), hold.action(), account -> done[0] = end(account, hold, unused));
        return done[0];
    }

    /** Also a hold that used all it had ends together with a change of the counter, whose number tells a lost answer apart. */
    private boolean end(Account account, HoldItem hold, long unused) {
        long now = clock.millis();
        handBack.clearDoubt(account, now);
        boolean withJournal = true;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CounterItem item = handBack.itemWith(account, hold.origin(), unused, now);
            if (!item.there) {
                return delete(hold);
            }
            long sequence = ledger.nextSequence(now);
            Change change = unused == 0
                    ? null
                    : handBack.writes().credit(account, item, hold.origin(), unused, sequence, withJournal);
            boolean credited = change != null;
            if (change == null) {
                change = handBack.writes().mark(account, item, sequence);
            }
            Ledger.Outcome outcome = ledger.apply(account, change.with(hold.delete()), now);
            if (outcome == Ledger.Outcome.APPLIED) {
                account.refused = credited ? null : account.refused;
                handBack.renew(account, change, now);
                return true;
            }
            if (outcome == Ledger.Outcome.COMPANION_REFUSED) {
                if (ledger.store().get(hold.key()).isEmpty()) {
                    return false;
                }
                withJournal = false;
            }
        }
        throw new StoreException.Unavailable("Too many calls at once for one counter; try again.");
    }

    /** Where there is no counter that a number could be left in. */
    private boolean delete(HoldItem hold) {
        try {
            return ledger.write(hold.delete()).applied();
        } catch (StoreException.OutcomeUnknown e) {
            if (ledger.write(hold.delete()).applied()) {
                return true;
            }
            throw e; // gone, by the first request or by another node
        }
    }

    /** Releases what has expired, whoever made it. */
    void expire() {
        long latest = clock.instant().getEpochSecond() - GRACE_SECONDS;
        while (true) {
            Page page = ledger.store().query(Table.USAGE, HoldItem.PARTITION, "", false, PAGE, null);
            List<Item> expired = page.items().stream()
                    .filter(item -> HoldItem.expirySecond(item) <= latest)
                    .toList();
            int released = 0;
            for (Item item : expired) {
                released += release(item) ? 1 : 0;
            }
            if (released == 0 || expired.size() < PAGE) {
                return;
            }
        }
    }

    private boolean release(Item item) {
        try {
            HoldItem hold = HoldItem.of(item);
            boolean released = release(hold);
            if (released) {
                LOG.info("event=hold_expired id={} units={} solution={}", hold.id(), hold.units(), hold.solution());
            }
            return released;
        } catch (MarketplaceException e) {
            LOG.warn("event=hold_not_released key={} next=later", item.key().sk(), e);
            return false;
        }
    }
}
