package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Callbacks of the API v1: the member {@code response} is a document in base64, signed in the header {@code X-VERIFY}. Nothing else of
 * the body is signed, and nothing else is read. What is around it could be anybody's, hence the lower trust.
 */
final class SaltKeyCheck implements WebhookCheck {

    private static final String HEADER = "x-verify";
    /** Refunds have no document of their own kind; the platform's key tells them apart. */
    private static final String REFUND = "rfd_";

    private final Rotation<SaltKey> salts;
    private final NotificationReader reader;

    SaltKeyCheck(Rotation<SaltKey> salts, NotificationReader reader) {
        this.salts = salts;
        this.reader = reader;
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        Optional<String> mark;
        try {
            mark = WebhookCheck.mark(webhook, HEADER);
        } catch (SeveralMarks e) {
            return e.rejected();
        }
        if (mark.isEmpty()) {
            return new WebhookResult.NotForUs();
        }
        String response = NotificationReader.document(webhook.body()).map(body -> body.path("response").asText("")).orElse("");
        if (response.isEmpty() || !salts.any(webhook.receivedAt(), salt -> salt.signed(mark.get(), response))) {
            return new WebhookResult.Rejected("the signature does not belong to this response");
        }
        return decoded(response).map(document -> accepted(response, document))
                .orElseGet(() -> new WebhookResult.Rejected("the response is not one JSON object in base64"));
    }

    private static Optional<JsonNode> decoded(String response) {
        try {
            return NotificationReader.document(Base64.getDecoder().decode(response));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private WebhookResult accepted(String response, JsonNode document) {
        JsonNode data = document.path("data");
        if (!reader.ours(data)) {
            return new WebhookResult.NotForUs();
        }
        Optional<String> key = NotificationReader.key(data, "merchantTransactionId");
        boolean refund = key.filter(one -> one.startsWith(REFUND)).isPresent();
        String code = Answer.text(document, "code");
        String told = code + "\n" + key.orElse("") + "\n" + data.path("transactionId").asText("") + "\n" + data.path("state").asText("");
        String bytes = "body:" + Hashes.sha256(response);
        return new WebhookResult.Accepted(Trust.SHARED_SECRET_HEADER,
                key.isEmpty() ? Subject.OTHER : refund ? Subject.REFUND : Subject.PAYMENT,
                code.isEmpty() ? "unnamed" : code,
                key.isEmpty() ? List.of(bytes) : List.of("told:" + Hashes.sha256(told), bytes),
                refund ? Optional.empty() : key,
                refund ? Optional.empty() : key,
                refund ? key : Optional.empty(),
                refund ? NotificationReader.key(data, "transactionId") : Optional.empty());
    }
}
