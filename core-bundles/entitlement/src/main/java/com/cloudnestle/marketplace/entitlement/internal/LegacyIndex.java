package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the old entitlements are. Their tokens lie in them as they are, so no key leads from a token to its entitlement: one
 * pass over all entitlements notes the hashes. About 250 bytes of memory per old entitlement; nothing once there is none
 * left, which a mark in the store says from then on.
 */
final class LegacyIndex {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyIndex.class);

    static final String STATUS = "status";
    static final String DONE = "done";

    private static final int PAGE = 500;

    private final Store store;
    private final StoreScan scan;
    private final InstantSource clock;
    /** Null until the first pass is over; replaced as a whole by every pass. */
    private volatile @Nullable Map<TokenHash, Key> keys;
    private volatile boolean done;
    /** Whether the mark is of data that were replaced since. */
    private volatile boolean markDoubtful;

    LegacyIndex(Store store, StoreScan scan, InstantSource clock) {
        this.store = store;
        this.scan = scan;
        this.clock = clock;
    }

    /** Reads all entitlements, unless it is known that none is old; finding none makes that known. */
    synchronized void pass() {
        boolean marked = markedDone();
        if (marked && !markDoubtful) {
            finish();
            return;
        }
        markDoubtful = false; // before reading: what is replaced from now on counts as new
        Map<TokenHash, Key> found = new HashMap<>();
        long old = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page page = scan.scan(Table.ENTITLEMENTS, PAGE, cursor.orElse(null));
            for (Item item : page.items()) {
                if (LegacyEntitlement.isOld(item)) {
                    note(found, item);
                    old++;
                }
            }
            cursor = page.cursor();
        } while (cursor.isPresent());
        keys = found;
        done = false;
        LOG.info("event=legacy_pass old={}", old);
        if (old == 0) {
            mark(DONE);
            finish();
        } else if (marked) {
            mark("open");
        }
    }

    private void mark(String status) {
        Update mark = Update.builder().set(STATUS, status).set("updatedAt", clock.instant().toString()).build();
        store.update(LegacyKeys.PROGRESS, mark, Condition.NONE);
    }

    /** The data was replaced: nothing is known of it. */
    void forget() {
        markDoubtful = true;
        keys = null;
        done = false;
    }

    /** Whether it is known that nothing old is left. */
    boolean done() {
        return done;
    }

    /** Whether the first pass is over. */
    boolean complete() {
        return done || keys != null;
    }

    /**
     * The old entitlement with this token; the one under an id rather than a leftover under an e-mail address.
     *
     * @throws StoreException.Unavailable if the first pass is not over, so that nobody is told wrongly that there is none
     */
    Optional<Key> byToken(TokenHash token) {
        return Optional.ofNullable(known().get(token));
    }

    /** The old entitlement under this address; errors as {@link #byToken}. */
    Optional<Key> byEmail(EmailAddress email, CatalogEntry solution) {
        Map<TokenHash, Key> known = known();
        return known.isEmpty()
                ? Optional.empty()
                : Stream.concat(Stream.of(solution.id()), solution.descriptor().aliases().stream())
                        .flatMap(name -> Optional.ofNullable(known.get(place(email, name))).stream())
                        .findFirst();
    }

    /** Whether there may be anything old at all. */
    boolean empty() {
        return known().isEmpty();
    }

    private Map<TokenHash, Key> known() {
        if (done) {
            return Map.of();
        }
        Map<TokenHash, Key> known = keys;
        if (known == null) {
            throw new StoreException.Unavailable(
                    "The entitlements of older software are still being looked through; try again in a moment.");
        }
        return known;
    }

    private boolean markedDone() {
        return store.get(LegacyKeys.PROGRESS).flatMap(item -> item.string(STATUS)).equals(Optional.of(DONE));
    }

    private void finish() {
        done = true;
        keys = Map.of();
    }

    private static void note(Map<TokenHash, Key> found, Item item) {
        Key key = item.key();
        boolean byEmail = key.pk().indexOf('@') >= 0;
        LegacyEntitlement.token(item).map(TokenHash::of).ifPresent(token -> {
            if (byEmail) {
                found.putIfAbsent(token, key);
            } else {
                found.put(token, key);
            }
        });
        if (byEmail && key.pk().startsWith(EntitlementItem.USER) && key.sk().startsWith(EntitlementItem.SOLUTION)) {
            address(key.pk().substring(EntitlementItem.USER.length())).ifPresent(email ->
                    found.put(place(email, key.sk().substring(EntitlementItem.SOLUTION.length())), key));
        }
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(EmailAddress.parse("email", text));
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }

    /** Beside the tokens in one map; a line break keeps it from being one. */
    private static TokenHash place(EmailAddress email, String solutionName) {
        return TokenHash.of(String.join("\n", List.of("place", email.value(), solutionName)));
    }
}
