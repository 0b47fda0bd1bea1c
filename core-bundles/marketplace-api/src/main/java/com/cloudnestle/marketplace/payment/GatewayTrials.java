package com.cloudnestle.marketplace.payment;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What came out when installed gateways were tried against the mistakes that cost money. There where an operator has installed the
 * trial, as one does before taking a new gateway into use; a gateway that does badly is not offered to buyers. Thread-safe.
 */
@ProviderType
public interface GatewayTrials {

    /**
     * Why buyers should not be offered a gateway: it failed, or is still being tried. Empty if it passed, or brought nothing that it
     * could be tried with.
     *
     * @param gateway {@link PaymentGateway#id()}
     */
    Optional<String> problem(String gateway);
}
