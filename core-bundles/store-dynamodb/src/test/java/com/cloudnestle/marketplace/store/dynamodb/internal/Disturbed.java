package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A store behind a {@link FaultProxy}, and one on the same tables that nothing disturbs. Pauses between repetitions take
 * no time: they only move the clock that budgets are measured by.
 */
final class Disturbed implements AutoCloseable {

    static final Duration BUDGET = Duration.ofSeconds(3);

    private static final Duration PATIENT = Duration.ofMinutes(2);

    final FaultProxy proxy = FaultProxy.before(DynamoDbLocal.start());
    final AtomicLong nanos = new AtomicLong();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final AtomicInteger fetches = new AtomicInteger();
    final ManualClock clock = LocalStore.clock();
    final DynamoDbStore store;
    final Store direct;

    private final Connection disturbed;
    private final Connection undisturbed;

    Disturbed() {
        this(PATIENT, Duration.ZERO);
    }

    /** One that is patient, and looks at the clock. */
    static Disturbed strict(Duration maxSkew) {
        return new Disturbed(PATIENT, maxSkew);
    }

    /** @param requestTimeout from the request's last byte to that of the answer */
    Disturbed(Duration requestTimeout, Duration maxSkew) {
        undisturbed = LocalStore.connect("faults-");
        direct = new DynamoDbStore(undisturbed, clock);
        disturbed = connect(proxy.endpoint(), requestTimeout, maxSkew);
        store = new DynamoDbStore(disturbed, clock);
    }

    private Connection connect(URI endpoint, Duration requestTimeout, Duration maxSkew) {
        Settings settings = new Settings("us-east-1", endpoint, true, new TableNames("faults-", List.of()), false, 16,
                PATIENT, requestTimeout, BUDGET, maxSkew);
        Supplier<AwsCredentialsProvider> credentials = () -> {
            fetches.incrementAndGet();
            return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        };
        Pauses withoutWaiting = new Pauses(BUDGET, time -> {
            pauses.add(time);
            nanos.addAndGet(time.toNanos());
        }, () -> 0.5, nanos::get);
        try {
            return new Connection(settings, clock, credentials, withoutWaiting, nanos::get);
        } catch (StoreRefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** For rules that hold a request back until something has happened. */
    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("what was waited for did not happen");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A key that no test had before, whose item is gone at its end. */
    static Key fresh() {
        return new Key(Table.USAGE, "fault", UUID.randomUUID().toString());
    }

    static Write add(Key key) {
        return new Write.Change(key, Update.builder().add("n", 1).build(), Condition.NONE);
    }

    /** What stands there, seen without a proxy. */
    long counted(Key key) {
        return direct.get(key).map(item -> item.number("n", 0)).orElse(0L);
    }

    void put(Key key, long n) {
        direct.put(new Item(key, Map.of("n", n)));
    }

    /** The next call finds that more time has passed since the last line of the log or fetch of credentials. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        disturbed.close();
        undisturbed.close();
        proxy.close();
    }
}
