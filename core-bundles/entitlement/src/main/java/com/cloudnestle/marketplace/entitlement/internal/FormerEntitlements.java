package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.Entitlement.Status;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is remembered of the entitlements of erased people, so that leaving and coming back is no new free trial: under a keyed
 * hash of address and solution, the tier, when it began, what was used of windows that still run, and whether an operator had
 * stopped it. Whoever reads the store cannot tell whose it is; only who comes back with the same address meets it again.
 */
final class FormerEntitlements {

    /** How long a tier that ends, one with units for life, or a suspension is remembered. */
    static final Duration REMEMBERED = Duration.ofDays(365);

    private static final String TIER = "tier";
    private static final String SINCE = "since";
    private static final String USED = "used";
    private static final String STATUS = "status";

    private final Store store;
    private final ServerSecrets secrets;

    FormerEntitlements(Store store, ServerSecrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** @param used by action, units per UTC day as counters are to begin with them */
    record Former(Key key, String tier, Instant since, Status status, Map<String, Map<LocalDate, Long>> used) {
        Write forget() {
            return new Write.Delete(key, Condition.itemExists());
        }
    }

    Optional<Former> find(String email, String solutionId) {
        return store.get(key(email, solutionId)).map(FormerEntitlements::read);
    }

    private Key key(String email, String solutionId) {
        byte[] hash = secrets.keyedHash("former-entitlement", email + "\n" + solutionId);
        return new Key(Table.SYSTEM, "former#" + HexFormat.of().formatHex(hash), "entitlement");
    }

    private static Former read(Item item) {
        Map<String, Map<LocalDate, Long>> used = new LinkedHashMap<>();
        for (String line : item.string(USED).orElse("").split("\n")) {
            String[] parts = line.split(" ");
            if (parts.length == 3) {
                used.computeIfAbsent(parts[0], action -> new TreeMap<>()).put(LocalDate.parse(parts[1]), Long.parseLong(parts[2]));
            }
        }
        return new Former(item.key(), EntitlementItem.text(item, TIER), Instant.parse(EntitlementItem.text(item, SINCE)),
                Status.valueOf(EntitlementItem.text(item, STATUS).toUpperCase(Locale.ROOT)), used);
    }

    /** What is to be written when the entitlement goes; empty if coming back would win nothing. */
    Optional<Write> remembrance(Entitlement entitlement, CatalogEntry solution, List<QuotaState> states, Instant now) {
        Optional<TierPlan> plan = solution.tier(entitlement.tier());
        boolean ends = plan.flatMap(found -> found.validityDays().stream().boxed().findFirst()).isPresent();
        Instant until = ends || !entitlement.active() ? now.plus(REMEMBERED) : Instant.MIN;
        List<String> used = new ArrayList<>();
        for (QuotaState state : states) {
            for (WindowState window : state.windows()) {
                if (window.used() > 0 && !window.unlimited()) {
                    Instant end = window.resetsAt().orElse(now.plus(REMEMBERED));
                    until = end.isAfter(until) ? end : until;
                }
            }
            plan.ifPresent(found -> byDay(entitlement, found, state, now)
                    .forEach((day, units) -> used.add(state.action() + " " + day + " " + units)));
        }
        if (!until.isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(new Write.Put(new Item(key(entitlement.email(), solution.id()), Map.of(
                TIER, entitlement.tier(), STATUS, EntitlementItem.wire(entitlement.status()), SINCE, entitlement.since().toString(), USED, String.join("\n", used),
                Item.TTL, until.getEpochSecond() + 1)), Condition.NONE));
    }

    /** All windows contain the present, so the units of a longer one that no shorter one has are put on the longer one's first day. */
    private static Map<LocalDate, Long> byDay(Entitlement entitlement, TierPlan plan, QuotaState state, Instant now) {
        record Used(Instant start, long units) {}
        List<Used> windows = plan.limits(state.action()).stream()
                .flatMap(limit -> state.window(limit.window().name()).stream()
                        .map(window -> new Used(limit.window().start(now, entitlement.since()), window.used())))
                .sorted(Comparator.comparing(Used::start).reversed())
                .toList();
        Map<LocalDate, Long> days = new TreeMap<>();
        long counted = 0;
        for (Used window : windows) {
            if (window.units() > counted) {
                days.merge(LocalDate.ofInstant(window.start(), ZoneOffset.UTC), window.units() - counted, Long::sum);
                counted = window.units();
            }
        }
        return days;
    }
}
