package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import java.util.Map;

/** The part of a mail that is nobody's business but the recipient's. */
record MailContent(EmailAddress to, String language, Map<String, String> values) {

    MailContent {
        values = Map.copyOf(values);
    }

    static MailContent of(Mail mail) {
        return new MailContent(mail.to(), mail.language(), mail.values());
    }

    @Override
    public String toString() {
        return "MailContent[]"; // address and secrets stay out of logs
    }
}
