package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Visitors by keyed hash. Which devices stand behind an address is remembered per calendar month, up to a small number; a
 * device that comes later in the month shares the count of the bare address.
 */
@Component(configurationPid = "com.cloudnestle.marketplace.visitors")
@Designate(ocd = HashedVisitors.Config.class)
public final class HashedVisitors implements Visitors {

    @ObjectClassDefinition(name = "Marketplace visitors")
    @interface Config {
        @AttributeDefinition(description = "Devices told apart behind one address per month; 0 counts by address alone")
        int devices_per_address() default 5;
    }

    private static final Duration DEVICE_MEMORY = Duration.ofDays(62);

    private final Store store;
    private final ServerSecrets secrets;
    private final InstantSource clock;
    private final int devicesPerAddress;

    @Activate
    public HashedVisitors(
            @Reference Store store, @Reference ServerSecrets secrets, @Reference InstantSource clock, Config config) {
        this(store, secrets, clock, config.devices_per_address());
    }

    HashedVisitors(Store store, ServerSecrets secrets, InstantSource clock, int devicesPerAddress) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.devicesPerAddress = devicesPerAddress;
    }

    @Override
    public Subject.Visitor recognise(String address, @Nullable String deviceId) {
        String network = NetworkAddress.parse(address).network();
        String addressHash = hash("visitor-address", network);
        if (deviceId == null || devicesPerAddress <= 0) {
            return new Subject.Visitor("anon_" + addressHash);
        }
        if (!deviceId.matches("[A-Za-z0-9._:-]{8,128}")) {
            throw MarketplaceException.invalid("device_id", "must be 8 to 128 of letters, digits and . _ : -");
        }
        String deviceHash = hash("visitor-device", network + " " + deviceId);
        return new Subject.Visitor("anon_" + (admitted(addressHash, deviceHash) ? deviceHash : addressHash));
    }

    private boolean admitted(String addressHash, String deviceHash) {
        Instant now = clock.instant();
        String month = YearMonth.from(now.atZone(ZoneOffset.UTC)).toString();
        String partition = "visitor#" + addressHash + "#" + month;
        Key device = new Key(Table.USAGE, partition, "device#" + deviceHash);
        if (store.get(device).isPresent()) {
            return true;
        }
        long ttl = now.plus(DEVICE_MEMORY).getEpochSecond();
        Write remember = new Write.Put(new Item(device, Map.of(Item.TTL, ttl)), Condition.itemAbsent());
        Write count = new Write.Change(
                new Key(Table.USAGE, partition, "devices"),
                Update.builder().add("n", 1).set(Item.TTL, ttl).build(),
                Condition.any(Condition.absent("n"), Condition.less("n", devicesPerAddress)));
        TransactResult result = store.transact(List.of(remember, count));
        return result.applied() || result.failure(0).isPresent(); // a parallel call of the same device came first
    }

    /** 128 bits: enough to keep billions of visitors apart. */
    private String hash(String purpose, String text) {
        return HexFormat.of().formatHex(secrets.keyedHash(purpose, text), 0, 16);
    }
}
