package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Whether somebody can sign in without passkeys. The bundle that knows the providers may be absent, and may itself ask for
 * passkeys: it is fetched only when asked.
 */
@Component(service = OtherWays.class)
public final class OtherWays {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable ComponentServiceObjects<ExternalSignIn> providers;

    private final Predicate<String> fixed;

    @Activate
    public OtherWays() {
        fixed = account -> false;
    }

    OtherWays(Predicate<String> linked) {
        fixed = linked;
    }

    boolean has(Account account) {
        return account.passwordSet() || linked(account.id());
    }

    private boolean linked(String accountId) {
        ComponentServiceObjects<ExternalSignIn> present = providers;
        ExternalSignIn service = present == null ? null : present.getService();
        if (present == null || service == null) {
            return fixed.test(accountId);
        }
        try {
            return !service.ofAccount(accountId).isEmpty();
        } finally {
            present.ungetService(service);
        }
    }
}
