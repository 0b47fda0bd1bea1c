package com.cloudnestle.marketplace.quota.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration key by key. A value that cannot be used is named in the log and the default stays: one wrong
 * character must not stop every decision.
 */
final class ConfiguredSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSettings.class);

    private static final long DAY_SECONDS = 86_400;
    private static final int MAX_RETENTION_DAYS = 36_500;

    private ConfiguredSettings() {}

    static QuotaSettings of(QuotaComponent.Config config) {
        QuotaSettings normal = QuotaSettings.defaults();
        return new QuotaSettings(
                (int) number("lease_units", config::lease__units, normal.leaseUnits(), 1, QuotaSettings.MAX_LEASE_UNITS),
                number("lease_from_limit", config::lease__from__limit, normal.leaseFromLimit(), 0, Long.MAX_VALUE),
                seconds("hand_back_after_seconds", config::hand__back__after__seconds, normal.handBackAfter()),
                seconds("cache_seconds", config::cache__seconds, normal.cacheFor()),
                seconds("negative_cache_seconds", config::negative__cache__seconds, normal.negativeCacheFor()),
                Duration.ofDays(number("visitor_retention_days", config::visitor__retention__days,
                        normal.visitorRetention().toDays(), 1, MAX_RETENTION_DAYS)),
                (int) number("max_accounts", config::max__accounts, normal.maxAccounts(), 1, Integer.MAX_VALUE),
                pairs(config));
    }

    private static Duration seconds(String key, LongSupplier value, Duration normal) {
        return Duration.ofSeconds(number(key, value, normal.toSeconds(), 0, DAY_SECONDS));
    }

    private static long number(String key, LongSupplier value, long normal, long least, long most) {
        long configured;
        try {
            configured = value.getAsLong();
        } catch (RuntimeException e) { // how the container says that a text is no number
            LOG.warn("event=setting_refused key={} reason=not_a_number kept={}", key, normal);
            return normal;
        }
        if (configured < least || configured > most) {
            LOG.warn("event=setting_refused key={} value={} reason=out_of_range least={} most={} kept={}",
                    key, configured, least, most, normal);
            return normal;
        }
        return configured;
    }

    /** Pairs may stand in one line, divided by commas, as a file has them. */
    private static Set<String> pairs(QuotaComponent.Config config) {
        Set<String> pairs = new LinkedHashSet<>();
        Arrays.stream(config.keep__usage__on())
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> {
                    if (ResetRule.PAIR.matcher(pair).matches()) {
                        pairs.add(pair);
                    } else {
                        LOG.warn("event=setting_refused key=keep_usage_on value={} reason=not_from>to", pair);
                    }
                });
        return pairs;
    }
}
