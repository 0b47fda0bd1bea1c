package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hold as it is stored: what was taken, and from where. All lie in one partition, those that expire first coming first; the
 * id names the place, so no node has to search.
 */
record HoldItem(String id, Instant expiresAt, Subject subject, String solution, String action, long units, Origin origin) {

    static final String PARTITION = "holds";

    private static final Pattern ID = Pattern.compile("hold_(\\d{1,12})_[0-9a-f]{24}");
    private static final String VISITOR = "visitor";

    static String newId(Instant expiresAt) {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "hold_" + expiresAt.getEpochSecond() + "_" + HexFormat.of().formatHex(random);
    }

    /** Where the hold with this id is; empty if no hold has such an id. */
    static Optional<Key> key(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? Optional.of(key(Long.parseLong(matcher.group(1)), id)) : Optional.empty();
    }

    private static Key key(long expirySecond, String id) {
        return new Key(Table.USAGE, PARTITION, String.format(Locale.ROOT, "%012d#%s", expirySecond, id));
    }

    Key key() {
        return key(expiresAt.getEpochSecond(), id);
    }

    Write put() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("subject", subject.key());
        attributes.put("kind", subject instanceof Subject.Visitor ? VISITOR : "user");
        attributes.put("solution", solution);
        attributes.put("action", action);
        attributes.put("units", units);
        attributes.put(CounterItem.ERA, origin.era);
        attributes.put(CounterItem.DAY, origin.day);
        for (int i = 0; i < origin.windows.length; i++) {
            attributes.put(CounterItem.WINDOW + origin.windows[i], origin.starts[i]);
        }
        return new Write.Put(new Item(key(), attributes), Condition.itemAbsent());
    }

    Write delete() {
        return new Write.Delete(key(), Condition.itemExists());
    }

    /** Epoch second from which on the hold stored here counts for nothing. */
    static long expirySecond(Item item) {
        return Long.parseLong(item.key().sk().substring(0, item.key().sk().indexOf('#')));
    }

    static HoldItem of(Item item) {
        List<String> windows = new ArrayList<>();
        item.attributes().keySet().stream()
                .filter(name -> name.startsWith(CounterItem.WINDOW))
                .forEach(name -> windows.add(name.substring(CounterItem.WINDOW.length())));
        long[] starts = new long[windows.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = item.number(CounterItem.WINDOW + windows.get(i), 0);
        }
        String subject = item.string("subject").orElseThrow();
        return new HoldItem(
                item.string("id").orElseThrow(),
                Instant.ofEpochSecond(expirySecond(item)),
                item.string("kind").filter(VISITOR::equals).isPresent()
                        ? new Subject.Visitor(subject)
                        : new Subject.User(subject),
                item.string("solution").orElseThrow(),
                item.string("action").orElseThrow(),
                item.number("units", 0),
                new Origin(item.number(CounterItem.ERA, 0), windows.toArray(new String[0]), starts,
                        item.number(CounterItem.DAY, 0)));
    }
}
