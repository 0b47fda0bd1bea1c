package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.Passkeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The ways to sign in that an operator may have left out. They come and go without anything being mounted anew. */
@Component(service = OtherWaysIn.class)
public final class OtherWaysIn {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Passkeys passkeys;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ExternalSignIn providers;

    @Activate
    public OtherWaysIn() {
        // both are given when they are there
    }

    OtherWaysIn(@Nullable Passkeys passkeys, @Nullable ExternalSignIn providers) {
        this.passkeys = passkeys;
        this.providers = providers;
    }

    Optional<Passkeys> passkeys() {
        return Optional.ofNullable(passkeys);
    }

    Optional<ExternalSignIn> providers() {
        return Optional.ofNullable(providers);
    }

    /** @throws MarketplaceException {@code not-found} (404) */
    Passkeys requirePasskeys() {
        return passkeys().orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "This marketplace has no passkeys."));
    }

    /** @throws MarketplaceException {@code not-found} (404) */
    ExternalSignIn requireProviders() {
        return providers().orElseThrow(
                () -> new MarketplaceException(Problem.NOT_FOUND, "This marketplace has no sign-in with other accounts."));
    }
}
