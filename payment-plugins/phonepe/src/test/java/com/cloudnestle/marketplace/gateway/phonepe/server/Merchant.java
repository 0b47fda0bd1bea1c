package com.cloudnestle.marketplace.gateway.phonepe.server;

/** The one merchant the server knows, with all that was agreed on with PhonePe. */
public record Merchant(
        String merchantId,
        String clientId,
        String clientSecret,
        String saltKey,
        String saltIndex,
        String webhookUsername,
        String webhookPassword,
        String webhookKeyId,
        String webhookSecret) {

    /** Made-up values, of the right form. */
    public static Merchant lab() {
        return new Merchant("MLAB", "lab-client", "lab-client-secret-0001", "lab-salt-0001", "1", "webuser_1", "Passw0rd9", "lab-key-1",
                "lab-hmac-key");
    }
}
