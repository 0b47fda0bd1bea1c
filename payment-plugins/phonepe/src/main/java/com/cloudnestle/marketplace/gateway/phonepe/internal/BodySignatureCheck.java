package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Mode HMAC: a signature of the very bytes of the body, and the key it was made with, by its name. */
final class BodySignatureCheck implements WebhookCheck {

    private static final String KEY_ID = "x-phonepe-checksum-key-id";
    private static final String SIGNATURE = "x-phonepe-checksum-signature";

    private final Rotation<Key> keys;
    private final boolean base64;
    private final NotificationReader reader;

    /** As PhonePe's dashboard shows it. */
    record Key(String id, Secret secret) {}

    /** @param base64 whether signatures are written so; else in lower-case hexadecimal */
    BodySignatureCheck(Rotation<Key> keys, boolean base64, NotificationReader reader) {
        this.keys = keys;
        this.base64 = base64;
        this.reader = reader;
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        Optional<String> keyId;
        Optional<String> signature;
        try {
            keyId = WebhookCheck.mark(webhook, KEY_ID);
            signature = WebhookCheck.mark(webhook, SIGNATURE);
        } catch (SeveralMarks e) {
            return e.rejected();
        }
        if (keyId.isEmpty() && signature.isEmpty()) {
            return new WebhookResult.NotForUs();
        }
        if (keyId.isEmpty() || signature.isEmpty()) {
            return new WebhookResult.Rejected("the key's name or the signature is missing");
        }
        boolean genuine = keys.any(webhook.receivedAt(), key -> key.id().equals(keyId.get())
                & Hashes.same(signature.get(), written(Hashes.hmac(key.secret(), webhook.body()))));
        return genuine ? reader.read(webhook.body(), Trust.SIGNED_BODY)
                : new WebhookResult.Rejected("the signature does not belong to this body");
    }

    private String written(byte[] signature) {
        return base64 ? Base64.getEncoder().encodeToString(signature) : HexFormat.of().formatHex(signature);
    }
}
