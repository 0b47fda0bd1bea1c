package com.cloudnestle.marketplace.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.Collections;

/**
 * A change of single attributes. All parts see the item as it was before the update; the same attribute may stand in
 * one part only and be no path. An update of a key that holds no item creates one.
 *
 * @param set attributes to overwrite
 * @param add numbers to add to attributes; a missing attribute counts as 0, a non-number or an overflow is an
 *     {@link IllegalArgumentException} and changes nothing
 * @param remove attributes to drop; dropping a missing one is no error
 */
public record Update(Map<String, Object> set, Map<String, Long> add, Set<String> remove) {

    public Update {
        Map<String, Object> values = new LinkedHashMap<>();
        set.forEach((name, value) -> values.put(name, Item.checkValue(Item.checkName(name), value)));
        set = Collections.unmodifiableMap(values);
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        remove = Collections.unmodifiableSet(new LinkedHashSet<>(remove));
        add.keySet().forEach(Item::checkName);
        remove.forEach(Item::checkName);
        Set<String> all = new LinkedHashSet<>(set.keySet());
        all.addAll(add.keySet());
        all.addAll(remove);
        all.stream().filter(name -> name.indexOf('.') >= 0).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("attribute " + name + " is a path; put the whole item instead");
        });
        if (all.isEmpty() || all.size() < set.size() + add.size() + remove.size()) {
            throw new IllegalArgumentException("an update needs at least one attribute and names each once");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of an update. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Object> set = new LinkedHashMap<>();
        private final Map<String, Long> add = new LinkedHashMap<>();
        private final Set<String> remove = new LinkedHashSet<>();

        private Builder() {}

        public Builder set(String attribute, Object value) {
            set.put(attribute, value);
            return this;
        }

        public Builder add(String attribute, long amount) {
            add.put(attribute, amount);
            return this;
        }

        public Builder remove(String attribute) {
            remove.add(attribute);
            return this;
        }

        public Update build() {
            return new Update(set, add, remove);
        }
    }
}
