package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the buyer's browser gets to the payment page: it is sent there, or PhonePe's script shows the page in a frame.
 *
 * @param script empty: the browser is sent there
 * @param origins of the script and of the page in its frame
 * @param plain whether pages of plain http may be opened: only simulators have such
 */
record PageOpening(Optional<URI> script, List<String> origins, boolean plain) {

    private static final String STARTER = "phonepe.js";

    PageOpening {
        origins = List.copyOf(origins);
    }

    Checkout.Action to(String page) throws GatewayException {
        URI address;
        try {
            address = URI.create(page);
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
        boolean scheme = "https".equals(address.getScheme()) || plain && "http".equals(address.getScheme());
        if (!scheme || address.getHost() == null) {
            throw unusable();
        }
        return script.<Checkout.Action>map(source -> new Checkout.Script(source, STARTER, Map.of("token_url", page)))
                .orElseGet(() -> new Checkout.Redirect(address));
    }

    /** The address is a key to the payment, so no message repeats it. */
    private static GatewayException unusable() {
        return new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer has no address of a payment page");
    }
}
