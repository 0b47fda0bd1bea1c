package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.store.Store;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** One node's way to DynamoDB. What goes wrong befalls its next request only. */
final class NodeLink implements AutoCloseable {

    private final boolean even;
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
    private final FaultProxy proxy;
    private final Store store;

    /** @param node those of even numbers lose connections, the others meet an answer 500, which means the same */
    NodeLink(int node, DynamoDbLocal database, Function<URI, Store> adapter) {
        even = node % 2 == 0;
        proxy = FaultProxy.before(database);
        proxy.rule(request -> next.getAndSet(Fault.NONE));
        store = adapter.apply(proxy.endpoint());
    }

    Store store() {
        return store;
    }

    void throttle() {
        next.set(Fault.THROTTLE);
    }

    void loseReply() {
        next.set(even ? Fault.DROP_REPLY : Fault.INTERNAL_ERROR_AFTER);
    }

    void loseRequest() {
        next.set(even ? Fault.DROP_REQUEST : Fault.INTERNAL_ERROR);
    }

    void repeat() {
        next.set(Fault.DUPLICATE);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
