package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Mails for tests. */
final class Mails {

    static final String ADDRESS = "asha.verma@example.com";
    static final String CODE = "483920";

    private Mails() {}

    /** A value for each name that a kind needs: links are addresses, the rest is told apart by its name. */
    static Map<String, String> values(Mail.Kind kind) {
        return kind.needs().stream().collect(Collectors.toMap(UnaryOperator.identity(), name -> {
            if (MailText.namesLink(name)) {
                return "https://market.example/" + name + "?a=1&b=2";
            }
            return name.equals("code") ? CODE : "the " + name.replace('_', ' ');
        }));
    }

    static Mail mail(String key) {
        return mail(key, Mail.Kind.VERIFY_EMAIL, "en", Duration.ofHours(2));
    }

    static Mail mail(String key, Mail.Kind kind, String language, Duration worthSendingFor) {
        return new Mail(key, new EmailAddress(ADDRESS), language, kind, values(kind), worthSendingFor);
    }

    static Mail to(String address, String key) {
        return new Mail(key, EmailAddress.parse("email", address), "en", Mail.Kind.VERIFY_EMAIL,
                values(Mail.Kind.VERIFY_EMAIL), Duration.ofHours(2));
    }
}
