package com.cloudnestle.marketplace.gateway.razorpay.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Razorpay's signatures: HMAC-SHA256 in lower-case hexadecimal. The texts under a signature are put together with {@code |} and
 * without escaping, so no part may have that character; see {@link Ids}.
 */
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /** What proves that an order was paid. */
    static String ofOrder(String orderId, String paymentId, String keySecret) {
        return sign(orderId + "|" + paymentId, keySecret);
    }

    /** What proves that a subscription was authorised; here the payment comes first. */
    static String ofSubscription(String paymentId, String subscriptionId, String keySecret) {
        return sign(paymentId + "|" + subscriptionId, keySecret);
    }

    /** What comes back to the address that a payment link names. */
    static String ofLink(String linkId, String reference, String status, String paymentId, String keySecret) {
        return sign(linkId + "|" + reference + "|" + status + "|" + paymentId, keySecret);
    }

    static String sign(String text, String secret) {
        return sign(text.getBytes(StandardCharsets.UTF_8), secret);
    }

    static String sign(byte[] bytes, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** In a time that does not tell where they differ. Upper case is another text, as it is to Razorpay's own libraries. */
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
