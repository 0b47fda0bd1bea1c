package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Store;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.BiFunction;

/** Opens the store; loaded together with a changed one when its mistakes are to be found. */
public final class Adapter implements BiFunction<URI, InstantSource, Store> {

    @Override
    public Store apply(URI address, InstantSource clock) {
        return DynamoDbTables.open(address, clock).store();
    }
}
