package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.StoreRefusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stands where the store would be and says why there is none. Enabled by {@link StoreOpening}. */
@Component(name = RefusedStore.NAME, enabled = false)
public final class RefusedStore implements StoreRefusal {

    static final String NAME = "com.cloudnestle.marketplace.store.sqlite.refused";

    private final String message;

    @Activate
    public RefusedStore(@Reference StoreOpening opening) {
        this(opening.refusal());
    }

    RefusedStore(String message) {
        this.message = message;
    }

    @Override
    public String message() {
        return message;
    }
}
