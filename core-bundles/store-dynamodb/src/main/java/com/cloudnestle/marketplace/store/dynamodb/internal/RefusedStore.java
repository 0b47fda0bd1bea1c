package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.StoreRefusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stands where the store would be and says why there is none yet. Enabled by {@link DynamoDbOpening}. */
@Component(name = RefusedStore.NAME, enabled = false)
public final class RefusedStore implements StoreRefusal {

    static final String NAME = "com.cloudnestle.marketplace.store.dynamodb.refused";

    private final DynamoDbOpening opening;

    @Activate
    public RefusedStore(@Reference DynamoDbOpening opening) {
        this.opening = opening;
    }

    @Override
    public String message() {
        return opening.refusal();
    }
}
