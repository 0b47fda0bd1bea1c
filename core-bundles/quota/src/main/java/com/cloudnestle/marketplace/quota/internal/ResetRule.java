package com.cloudnestle.marketplace.quota.internal;

import java.util.Set;

/**
 * Whether counters begin anew when a customer's tier changes. They do, unless the pair {@code from>to} is listed: who pays for
 * more gets all of it at once.
 *
 * @param keptPairs pairs such as {@code registered>pro} whose change keeps what was used
 */
record ResetRule(Set<String> keptPairs) {

    ResetRule {
        keptPairs = Set.copyOf(keptPairs);
        keptPairs.forEach(pair -> {
            if (!pair.matches("[a-z][a-z0-9-]*>[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException("keep_usage_on: '" + pair + "' is not of the form from>to, e.g. registered>pro");
            }
        });
    }

    boolean resets(String from, String to) {
        return !keptPairs.contains(from + ">" + to);
    }
}
