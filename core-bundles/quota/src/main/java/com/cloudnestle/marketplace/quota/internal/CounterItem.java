package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a counter's item held when it was last seen. Immutable, and much smaller than the {@link Item}, because one is kept for
 * every counter in use.
 *
 * <p>Attributes of the item: {@code since} (epoch millis of the tier the counters belong to), {@code tier}, {@code era} (a
 * random number that is new whenever counting begins anew, so that units taken before cannot be given back to it), per
 * window {@code w:<name>} (its start, epoch millis) and {@code u:<name>} (units used in it), {@code d} (UTC epoch day) and
 * {@code h} (units used on that day in all), and per node {@code s:<node>} (number of the node's last write, so that a
 * write whose answer was lost is never made twice).
 */
final class CounterItem {

    static final String SINCE = "since";
    static final String TIER = "tier";
    static final String ERA = "era";
    static final String DAY = "d";
    static final String DAY_UNITS = "h";
    static final String WINDOW = "w:";
    static final String USED = "u:";
    static final String SEQUENCE = "s:";

    /** Stands for an attribute that is missing. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final String[] NO_NAMES = {};
    private static final long[] NO_NUMBERS = {};

    /** No item. */
    static final CounterItem NONE = new CounterItem();

    final boolean there;
    final long since;
    final String tier;
    final long era;
    final long ttl;
    final long day;
    final long dayUnits;
    private final String[] windows;
    private final long[] starts;
    private final long[] used;
    private final String[] nodes;
    private final long[] sequences;

    private CounterItem() {
        there = false;
        since = ABSENT;
        tier = "";
        era = ABSENT;
        ttl = ABSENT;
        day = ABSENT;
        dayUnits = ABSENT;
        windows = NO_NAMES;
        starts = NO_NUMBERS;
        used = NO_NUMBERS;
        nodes = NO_NAMES;
        sequences = NO_NUMBERS;
    }

    private CounterItem(Map<String, Object> attributes) {
        there = true;
        since = number(attributes, SINCE);
        tier = attributes.get(TIER) instanceof String text ? text : "";
        era = number(attributes, ERA);
        ttl = number(attributes, Item.TTL);
        day = number(attributes, DAY);
        dayUnits = number(attributes, DAY_UNITS);
        List<String> windowNames = new ArrayList<>(2);
        List<String> nodeNames = new ArrayList<>(2);
        for (String name : attributes.keySet()) {
            if (name.startsWith(WINDOW)) {
                windowNames.add(name.substring(WINDOW.length()).intern());
            } else if (name.startsWith(SEQUENCE)) {
                nodeNames.add(name.substring(SEQUENCE.length()));
            }
        }
        windows = windowNames.toArray(NO_NAMES);
        starts = new long[windows.length];
        used = new long[windows.length];
        for (int i = 0; i < windows.length; i++) {
            starts[i] = number(attributes, WINDOW + windows[i]);
            used[i] = number(attributes, USED + windows[i]);
        }
        nodes = nodeNames.toArray(NO_NAMES);
        sequences = new long[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            sequences[i] = number(attributes, SEQUENCE + nodes[i]);
        }
    }

    static CounterItem of(Optional<Item> item) {
        return item.isPresent() ? of(item.get().attributes()) : NONE;
    }

    static CounterItem of(Map<String, Object> attributes) {
        return new CounterItem(attributes);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Long value ? value : ABSENT;
    }

    boolean expiredAt(long epochSecond) {
        return ttl != ABSENT && ttl <= epochSecond;
    }

    List<String> windows() {
        return List.of(windows);
    }

    /** Start of the window, {@link #ABSENT} if it was never counted. */
    long start(String window) {
        int i = index(windows, window);
        return i < 0 ? ABSENT : starts[i];
    }

    /** Units used in the window, 0 if it was never counted. */
    long used(String window) {
        int i = index(windows, window);
        return i < 0 || used[i] == ABSENT ? 0 : used[i];
    }

    /** Whether the number of used units is there at all, which nothing but a damaged item lacks. */
    boolean hasUsed(String window) {
        int i = index(windows, window);
        return i >= 0 && used[i] != ABSENT;
    }

    List<String> nodes() {
        return List.of(nodes);
    }

    /** Number of the node's last write, {@link #ABSENT} if it made none or that was forgotten. */
    long sequence(String node) {
        int i = index(nodes, node);
        return i < 0 ? ABSENT : sequences[i];
    }

    private static int index(String[] names, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
