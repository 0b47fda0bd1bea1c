package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.identity.UserKeys.KeyHolder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * API keys of people, for as long as somebody keeps them. A component of its own, because accounts come and go without the
 * solutions: if the whiteboard named them itself, every solution would be taken off the air with them.
 */
@Component(service = PersonKeys.class)
public final class PersonKeys {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable UserKeys keys;

    @Activate
    public PersonKeys() {
        // the reference comes afterwards
    }

    PersonKeys(UserKeys keys) {
        this.keys = keys;
    }

    /** @throws MarketplaceException {@code credentials-invalid} (401), also where there are no such keys at all */
    KeyHolder authenticate(String key) {
        UserKeys present = keys;
        if (present == null) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "This is no key or token of this marketplace.");
        }
        return present.authenticate(key);
    }
}
