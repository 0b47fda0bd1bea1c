package com.cloudnestle.marketplace.identity.internal.factor;

import com.cloudnestle.marketplace.identity.Passkeys;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Who has a passkey. The bundle that knows comes and goes, and needs the sign-in of this one: it is fetched only when asked.
 */
@Component(service = PasskeyOwners.class)
public final class PasskeyOwners {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable ComponentServiceObjects<Passkeys> passkeys;

    @Activate
    public PasskeyOwners() {}

    boolean owns(String accountId) {
        ComponentServiceObjects<Passkeys> present = passkeys;
        Passkeys service = present == null ? null : present.getService();
        if (present == null || service == null) {
            return false;
        }
        try {
            return !service.ofAccount(accountId).isEmpty();
        } finally {
            present.ungetService(service);
        }
    }
}
