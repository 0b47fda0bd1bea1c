package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import java.time.Instant;

/**
 * A mail ready to be sent.
 *
 * @param id the outbox id; the message id is made of it, so that two copies of one mail can be told to be one
 * @param language BCP 47 tag of the language it is written in
 * @param subject one line
 * @param text the same message as {@code html}, for those who read plain text
 */
record Letter(
        String id, Mail.Kind kind, EmailAddress to, Instant acceptedAt, String language, String subject, String text,
        String html) {

    @Override
    public String toString() {
        return "Letter[" + id + " " + kind + "]";
    }
}
