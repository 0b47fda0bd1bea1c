package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One account with Razorpay, checked.
 *
 * @param gateway {@code PaymentGateway.id()}
 * @param account Razorpay's key of it, {@code acc_…}
 * @param api without {@code /v1}
 * @param script Razorpay's own for the checkout page
 * @param brand the seller as the checkout page names it, may be empty
 * @param payoutAccount number of the account at RazorpayX that payouts come from; empty: there are none
 * @param links whether buyers are sent to a page at Razorpay instead of having its script on the platform's page
 * @param connectPatience for a connection
 * @param patience for one exchange, from the request to the last byte of the answer
 */
record AccountSettings(
        String gateway,
        String account,
        String keyId,
        Secret keySecret,
        Secret.OfWebhooks webhookSecrets,
        URI api,
        URI script,
        String brand,
        String payoutAccount,
        boolean links,
        Duration connectPatience,
        Duration patience,
        GatewayCapabilities capabilities) {

    static final String LIVE_KEY = "rzp_live_";
    static final String TEST_KEY = "rzp_test_";
    static final URI API = URI.create("https://api.razorpay.com");
    static final URI SCRIPT = URI.create("https://checkout.razorpay.com/v1/checkout.js");

    /** Days after which the last bank has answered and what was not collected is back with the buyer, and one to spare. */
    private static final int WATCH_DAYS = 4;

    static GatewayCapabilities capabilities(
            String name, Mode mode, Set<String> currencies, long minimum, long maximum, List<String> origins) {
        return new GatewayCapabilities(name, List.of("UPI", "Cards", "Net banking", "Wallets"), currencies, minimum, maximum, mode,
                true, false, origins, WATCH_DAYS);
    }

    boolean live() {
        return capabilities.mode() == Mode.LIVE;
    }

    @Override
    public String toString() {
        return "AccountSettings[" + gateway + " " + account + "]"; // holds secrets
    }
}
