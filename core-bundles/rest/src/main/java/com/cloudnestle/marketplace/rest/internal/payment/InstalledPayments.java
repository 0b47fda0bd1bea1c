package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Payments;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The payments of this marketplace, which come and go with their bundle and its configuration. The addresses stay: who calls
 * meanwhile, a provider above all, is told to try again and not that there is nothing.
 */
@Component(service = InstalledPayments.class)
public final class InstalledPayments {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Payments payments;

    @Activate
    public InstalledPayments() {
        // given when they are there
    }

    InstalledPayments(@Nullable Payments payments) {
        this.payments = payments;
    }

    /** @throws MarketplaceException {@code provider-unavailable} (503) while there are none */
    Payments require() {
        Payments present = payments;
        if (present == null) {
            throw new MarketplaceException(Problem.PROVIDER_UNAVAILABLE, "Nothing can be paid here right now; try again later.");
        }
        return present;
    }
}
