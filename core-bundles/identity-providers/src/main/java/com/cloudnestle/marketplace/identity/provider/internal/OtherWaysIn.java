package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Passkeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Whether somebody can sign in without a provider. Passkeys may be absent, and they look at providers just so: they are
 * fetched only when they are asked.
 */
@Component(service = OtherWaysIn.class)
public final class OtherWaysIn {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<ComponentServiceObjects<Passkeys>> services = new CopyOnWriteArrayList<>();

    private final List<Passkeys> fixed;

    @Activate
    public OtherWaysIn() {
        fixed = List.of();
    }

    OtherWaysIn(List<Passkeys> passkeys) {
        fixed = passkeys;
    }

    boolean has(Account account) {
        return account.passwordSet() || fixed.stream().anyMatch(keys -> !keys.ofAccount(account.id()).isEmpty())
                || new ArrayList<>(services).stream().anyMatch(service -> hasPasskey(service, account.id()));
    }

    private static boolean hasPasskey(ComponentServiceObjects<Passkeys> service, String accountId) {
        Passkeys passkeys = service.getService();
        if (passkeys == null) {
            return false;
        }
        try {
            return !passkeys.ofAccount(accountId).isEmpty();
        } finally {
            service.ungetService(passkeys);
        }
    }
}
