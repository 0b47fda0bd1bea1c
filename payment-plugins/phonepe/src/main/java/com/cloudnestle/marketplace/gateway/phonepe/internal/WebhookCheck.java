package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import java.util.List;
import java.util.Optional;

/** Tells genuine notifications from others. */
@FunctionalInterface
interface WebhookCheck {

    WebhookResult authenticate(RawWebhook webhook);

    /** Where no notifications are configured, none is ours. */
    static WebhookCheck none() {
        return webhook -> new WebhookResult.NotForUs();
    }

    /**
     * The one value of the header that carries the mark.
     *
     * @throws SeveralMarks if there is more than one: then nobody can say which was meant
     */
    static Optional<String> mark(RawWebhook webhook, String header) throws SeveralMarks {
        List<String> values = webhook.header(header);
        if (values.size() > 1) {
            throw new SeveralMarks();
        }
        return values.stream().map(String::strip).filter(value -> !value.isEmpty()).findFirst();
    }

    /** More than one mark where there must be one. */
    final class SeveralMarks extends Exception {
        private static final long serialVersionUID = 1L;

        WebhookResult.Rejected rejected() {
            return new WebhookResult.Rejected("more than one signature");
        }
    }
}
