package com.cloudnestle.marketplace.testing;

/**
 * Everything a {@link com.cloudnestle.marketplace.store.Store} promises, as tests. A store's own test class implements
 * this interface and gives an empty store and a clock for each test:
 *
 * <pre>{@code
 * final class MyStoreTest implements StoreContract {
 *     private final ManualClock clock = new ManualClock(Instant.EPOCH);
 *     private final Store store = new MyStore(clock);
 *     public Store store() { return store; }
 *     public ManualClock clock() { return clock; }
 * }
 * }</pre>
 */
public interface StoreContract
        extends StoreConditionContract,
                StoreWriteContract,
                StoreQueryContract,
                StoreIndexContract,
                StoreExpiryContract,
                StoreTransactionContract,
                StoreLimitContract,
                StoreConcurrencyContract,
                StoreWatchContract,
                StoreScanContract {}
