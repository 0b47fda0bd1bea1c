package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Store;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the caches of entitlements and tokens have in common. */
@Component(service = CacheSettings.class, configurationPid = "com.cloudnestle.marketplace.entitlement")
@Designate(ocd = CacheSettings.Config.class)
public final class CacheSettings {

    @ObjectClassDefinition(name = "Marketplace entitlements")
    @interface Config {
        @AttributeDefinition(description = "Seconds after which a change made by another node is seen here at the latest"
                + " (stores of one process see every change at once); 0: never answer from memory")
        int cache_seconds() default 2;

        @AttributeDefinition(description = "Entitlements, and likewise tokens, kept in memory at most")
        int cache_entries() default 200_000;
    }

    private final Store store;
    private final Duration age;
    private final int maxEntries;
    private final LongSupplier nanos;

    @Activate
    public CacheSettings(@Reference Store store, Config config) {
        this(store, Duration.ofSeconds(config.cache_seconds()), config.cache_entries(), System::nanoTime);
    }

    /** @param nanos measures ages; never goes back */
    CacheSettings(Store store, Duration age, int maxEntries, LongSupplier nanos) {
        if (age.isNegative() || maxEntries < 1) {
            throw new IllegalArgumentException("cache_seconds must not be negative and cache_entries be at least 1");
        }
        this.store = store;
        this.age = age;
        this.maxEntries = maxEntries;
        this.nanos = nanos;
    }

    Store store() {
        return store;
    }

    Duration age() {
        return age;
    }

    int maxEntries() {
        return maxEntries;
    }

    LongSupplier nanos() {
        return nanos;
    }
}
