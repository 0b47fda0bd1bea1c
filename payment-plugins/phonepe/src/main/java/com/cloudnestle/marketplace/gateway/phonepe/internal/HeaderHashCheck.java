package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mode SHA: the header {@code Authorization} is always the same digest of user name and password. Whoever saw it once can write any
 * body, so the body is only a hint to ask the provider.
 */
final class HeaderHashCheck implements WebhookCheck {

    private static final String HEADER = "authorization";
    /** Some sites report the name of the digest before it. */
    private static final Pattern PREFIX = Pattern.compile("^(?i:sha-?256)[ =:]+");

    private final Rotation<Login> logins;
    private final NotificationReader reader;

    /** What the operator entered at PhonePe's dashboard. */
    record Login(String username, Secret password) {
        String digest() {
            return Hashes.sha256(username + ":" + password.value());
        }
    }

    HeaderHashCheck(Rotation<Login> logins, NotificationReader reader) {
        this.logins = logins;
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
        String said = PREFIX.matcher(mark.get()).replaceFirst("");
        if (!logins.any(webhook.receivedAt(), login -> Hashes.same(said, login.digest()))) {
            return new WebhookResult.Rejected("the header Authorization is not the configured one");
        }
        return reader.read(webhook.body(), Trust.SHARED_SECRET_HEADER);
    }
}
