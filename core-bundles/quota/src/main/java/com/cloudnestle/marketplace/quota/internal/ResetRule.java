package com.cloudnestle.marketplace.quota.internal;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether counters begin anew when a customer's tier changes. They do, unless the pair {@code from>to} is listed: who pays for
 * more gets all of it at once.
 *
 * @param keptPairs pairs such as {@code registered>pro} whose change keeps what was used
 */
record ResetRule(Set<String> keptPairs) {

    static final Pattern PAIR = Pattern.compile("[a-z][a-z0-9-]*>[a-z][a-z0-9-]*");

    ResetRule {
        keptPairs = Set.copyOf(keptPairs);
        keptPairs.forEach(pair -> {
            if (!PAIR.matcher(pair).matches()) {
                throw new IllegalArgumentException("keep_usage_on: '" + pair + "' is not of the form from>to, e.g. registered>pro");
            }
        });
    }

    boolean resets(String from, String to) {
        return !keptPairs.contains(from + ">" + to);
    }
}
