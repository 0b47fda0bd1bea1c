package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was allowed, counted by the answers alone, beside what the store has counted.
 *
 * <p>An allowed call belongs to the windows its answer names (by name and end): those are the windows the units were counted in,
 * also when the node's clock says another; of a hold, those its item names. Units given back, and those of a hold that is being settled, released or has expired,
 * no longer count as allowed from the moment their return is asked for. What the store has counted in a window is the
 * sum over all eras that window saw.
 */
final class Ledger {

    /** A customer's window. */
    record Place(String customer, String window, Optional<Instant> end) {}

    /** @param era customer and era, if the receipt tells it */
    private record Taken(Decision.Receipt receipt, List<Place> places, long units, @Nullable String era) {}

    private static final class Held {
        private final String id;
        private final List<Place> places;
        private long counted;
        private boolean settled;

        private Held(String id, List<Place> places, long units) {
            this.id = id;
            this.places = places;
            this.counted = units;
        }
    }

    private final Map<String, Map<String, Limit>> limits = new HashMap<>();
    private final Map<Place, Long> allowed = new HashMap<>();
    private final Map<String, Map<Place, Long>> allowedInEra = new HashMap<>();
    private final Map<String, Long> total = new HashMap<>();
    /** By customer and era, then window and start. */
    private final Map<String, Map<Place, Long>> counted = new TreeMap<>();
    private final Map<String, Item> items = new HashMap<>();
    private final Map<Integer, Deque<Taken>> receipts = new HashMap<>();
    private final Map<String, Held> holds = new HashMap<>();
    private final Map<String, Item> takenFrom = new HashMap<>();
    private final Set<String> keysPaid = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Instant expired = Instant.MIN;
    private int denials;
    private int unknown;
    private int losing;

    Ledger(List<TierPlan> tiers) {
        for (TierPlan tier : tiers) {
            Map<String, Limit> byWindow = new HashMap<>();
            tier.limits().forEach(limit -> byWindow.put(limit.window().name(), limit));
            limits.put(tier.tier(), byWindow);
        }
    }

    // ---- what was answered

    /** Allowed by older software in the day's window, before the first node began. */
    synchronized void before(String customer, String tier, Instant now, long units) {
        Limit day = limits.getOrDefault(tier, Map.of()).get("day");
        if (units > 0 && day != null) {
            add(List.of(place(customer, day, day.window().start(now, now).toEpochMilli())), units);
        }
    }

    /** @param begun when the call began, by the node's clock */
    synchronized void decided(int node, String customer, long units, Decision decision, Instant begun, Engine engine) {
        if (decision instanceof Allowed granted) {
            boolean ended = granted.state().windows().stream()
                    .anyMatch(window -> window.resetsAt().filter(end -> !end.isAfter(begun)).isPresent());
            if (ended) {
                violated("at " + begun + " units were allowed of a window that had ended: " + granted.state().windows());
            }
            List<Place> places = count(customer, granted, units);
            granted.receipt().ifPresent(receipt -> {
                OptionalLong number = engine.era(receipt);
                String era = number.isPresent() ? customer + " " + number.getAsLong() : null;
                inEra(era, places, units);
                receipts.computeIfAbsent(node, n -> new ArrayDeque<>()).push(new Taken(receipt, places, units, era));
            });
        } else {
            denied(decision);
        }
    }

    synchronized void decidedUnderKey(int node, String customer, String key, Decision decision) {
        if (!(decision instanceof Allowed granted)) {
            denied(decision);
        } else if (keysPaid.add(key)) {
            count(customer, granted, 1);
        } else if (!granted.replayed()) {
            violated("the key " + key + " paid twice");
        } else {
            notes.add("replayed");
        }
    }

    private List<Place> count(String customer, Allowed granted, long units) {
        List<Place> places = placesOf(customer, granted);
        count(places, units, granted);
        return places;
    }

    private static List<Place> placesOf(String customer, Allowed granted) {
        List<Place> places = new ArrayList<>();
        for (WindowState window : granted.state().windows()) {
            places.add(new Place(customer, window.window(), window.resetsAt()));
        }
        return places;
    }

    private void count(List<Place> places, long units, Allowed granted) {
        add(places, units);
        notes.add("allowed " + units + " in " + granted.state().windows());
        places.forEach(this::checkDurable);
    }

    /** What was counted in one era supports what was allowed in that era only. */
    private void inEra(@Nullable String era, List<Place> places, long units) {
        if (era == null) {
            return;
        }
        Map<Place, Long> ofEra = allowedInEra.computeIfAbsent(era, e -> new HashMap<>());
        Map<Place, Long> countedInEra = counted.getOrDefault(era, Map.of());
        for (Place place : places) {
            long sum = ofEra.merge(place, units, Long::sum);
            if (sum > countedInEra.getOrDefault(place, 0L)) {
                violated("allowed " + sum + " in one era of " + place + ", which has counted " + countedInEra.get(place));
            }
        }
    }

    private void add(List<Place> places, long units) {
        places.forEach(place -> allowed.merge(place, units, Long::sum));
        if (!places.isEmpty()) {
            total.merge(places.get(0).customer(), units, Long::sum);
        }
    }

    private void denied(Decision decision) {
        DenialReason reason = ((Decision.Denied) decision).reason();
        notes.add("denied " + reason + " " + decision.state().windows());
        if (reason.wire().endsWith("_limit_exceeded")) {
            denials++;
        }
    }

    /** The receipt of the node's last or first allowed call, which no longer counts. */
    synchronized Optional<Decision.Receipt> givingBack(int node, boolean last) {
        Deque<Taken> mine = receipts.get(node);
        if (mine == null || mine.isEmpty()) {
            return Optional.empty();
        }
        Taken taken = last ? mine.pop() : mine.removeLast();
        add(taken.places, -taken.units);
        inEra(taken.era, taken.places, -taken.units);
        return Optional.of(taken.receipt);
    }

    synchronized void reserved(String name, String customer, long units, Reservation made) {
        if (made.decision() instanceof Allowed granted) {
            Hold hold = made.hold().orElseThrow();
            boolean over = hold.expiresAt().isBefore(expired);
            List<Place> places = over ? List.of() : takenFrom(hold, customer, placesOf(customer, granted));
            count(places, units, granted);
            holds.put(name, new Held(hold.id(), places, over ? 0 : units));
        } else {
            denied(made.decision());
        }
    }

    synchronized Optional<String> hold(String name) {
        return Optional.ofNullable(holds.get(name)).map(held -> held.id);
    }

    synchronized void settling(String name, long used) {
        Held held = holds.get(name);
        if (held != null && !held.settled && used < held.counted) {
            add(held.places, used - held.counted);
            held.counted = used;
        }
    }

    synchronized void settled(String name, long used, Decision decision) {
        Held held = holds.get(name);
        if (held != null && decision instanceof Allowed) {
            add(held.places, used - held.counted);
            held.counted = used;
            held.settled = true;
            held.places.forEach(this::checkDurable);
        }
    }

    /** Time has passed the expiry of all holds, also of those whose maker has not heard of them yet. */
    synchronized void holdsExpired(Instant now) {
        expired = now;
        holds.keySet().forEach(name -> settling(name, 0));
    }

    /** A fault befell a call that may then lose units although its node lives on. */
    synchronized void mayLose() {
        losing++;
    }

    /** Calls that may have lost units: the outcome is unknown, or it could not return some. */
    synchronized int losing() {
        return losing + unknown;
    }

    synchronized void failed(String what, StoreException failure) {
        notes.add(what + " failed: " + failure.getClass().getSimpleName());
        unknown += failure instanceof StoreException.OutcomeUnknown ? 1 : 0;
    }

    synchronized void refused(String what, MarketplaceException refusal) {
        notes.add(what + " refused: " + refusal.problem());
    }

    // ---- what the store says

    /** A counter or a hold has changed to this. */
    synchronized void stored(Item item) {
        if (item.key().pk().equals("holds")) {
            item.string("id").ifPresent(id -> takenFrom.put(id, item));
        } else {
            counterIs(item);
        }
    }

    /** The windows that a hold's units were taken from; its answer says where the customer stands, perhaps in the next ones. */
    private List<Place> takenFrom(Hold hold, String customer, List<Place> answered) {
        Item item = takenFrom.get(hold.id());
        List<Place> places = new ArrayList<>();
        for (Place place : item == null ? List.<Place>of() : answered) {
            limits.values().stream().map(byWindow -> byWindow.get(place.window())).filter(Objects::nonNull).findFirst()
                    .ifPresent(limit -> places.add(place(customer, limit, item.number("w:" + place.window(), 0))));
        }
        return item == null ? answered : places;
    }

    private void counterIs(Item item) {
        String customer = item.key().pk().split("#")[1];
        Map<String, Limit> byWindow = limits.getOrDefault(item.string("tier").orElse(""), Map.of());
        Map<Place, Long> ofEra = counted.computeIfAbsent(customer + " " + item.number("era", 0), era -> new HashMap<>());
        Item before = items.put(item.key().pk() + item.key().sk(), item);
        boolean sameEra = before != null && before.number("era", 0) == item.number("era", 0);
        byWindow.forEach((name, limit) -> {
            if (item.number("w:" + name).isEmpty()) {
                return;
            }
            long start = item.number("w:" + name, 0);
            long used = item.number("u:" + name, 0);
            ofEra.put(place(customer, limit, start), used);
            if (used < 0 || !limit.unlimited() && used > limit.amount()) {
                violated("the store counts " + used + " of " + limit.amount() + " per " + name);
            }
            if (sameEra && before.number("w:" + name, start) > start) {
                violated("the window " + name + " moved back");
            }
        });
        if (before != null && before.number("d", 0) > item.number("d", 0)) {
            violated("the day of the counter moved back");
        }
    }

    private static Place place(String customer, Limit limit, long start) {
        Instant begin = Instant.ofEpochMilli(start);
        return new Place(customer, limit.window().name(), limit.window().end(begin, begin));
    }

    /** Units are durable before their answer: never are more allowed than counted. */
    private void checkDurable(Place place) {
        if (allowed(place) > counted(place)) {
            violated("allowed " + allowed(place) + " in " + place + ", but the store has counted " + counted(place));
        }
    }

    synchronized void checkAllDurable() {
        allowed.keySet().forEach(this::checkDurable);
    }

    // ---- what came out

    synchronized long allowed(Place place) {
        return allowed.getOrDefault(place, 0L);
    }

    /** Over all windows and eras. */
    synchronized long allowed(String customer) {
        return total.getOrDefault(customer, 0L);
    }

    synchronized long counted(Place place) {
        return counted.values().stream().mapToLong(ofEra -> ofEra.getOrDefault(place, 0L)).sum();
    }

    synchronized Map<Place, Long> allowed() {
        return Map.copyOf(allowed);
    }

    synchronized int denials() {
        return denials;
    }

    synchronized void violated(String what) {
        violations.add(what);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }
}
