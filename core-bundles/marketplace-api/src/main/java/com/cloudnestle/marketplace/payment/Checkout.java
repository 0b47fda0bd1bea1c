package com.cloudnestle.marketplace.payment;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A payment that waits for the buyer.
 *
 * @param providerOrderId the provider's key of it
 * @param action what the buyer's browser does next
 * @param expiresAt until when it can be paid, as the provider says
 */
public record Checkout(String providerOrderId, Action action, Instant expiresAt) {

    public Checkout {
        Objects.requireNonNull(action);
        Objects.requireNonNull(expiresAt);
        if (providerOrderId.isEmpty() || providerOrderId.length() > 200) {
            throw new IllegalArgumentException("providerOrderId must have 1 to 200 characters");
        }
    }

    /** How the buyer gets to the provider. */
    public sealed interface Action {}

    /** The browser goes there. */
    public record Redirect(URI url) implements Action {
        public Redirect {
            Objects.requireNonNull(url);
        }
    }

    /**
     * The platform's payment page loads the provider's script and then one of the gateway's own, which starts it.
     *
     * @param source of the provider's script; its origin is one of {@link GatewayCapabilities#scriptOrigins()}
     * @param starter name of a file in the folder {@code checkout/} of the gateway's bundle: a script that exports
     *     {@code start(parameters, done)}; {@code done} takes the texts that become a {@link ReturnProof}
     * @param parameters given to {@code start}; they reach the browser, so nothing secret
     */
    public record Script(URI source, String starter, Map<String, String> parameters) implements Action {
        public Script {
            Objects.requireNonNull(source);
            parameters = Map.copyOf(parameters);
            if (!starter.matches("[a-z][a-z0-9-]*\\.js")) {
                throw new IllegalArgumentException("starter must be the plain name of a .js file, was " + starter);
            }
        }

        @Override
        public String toString() {
            return "Script[" + source + ", " + starter + "]"; // parameters may name the buyer
        }
    }
}
