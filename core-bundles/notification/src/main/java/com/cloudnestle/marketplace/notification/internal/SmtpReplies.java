package com.cloudnestle.marketplace.notification.internal;

import jakarta.mail.MessagingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means for the mail. By RFC 5321 4.2.1 a reply 4xx may be another one later and a reply 5xx never; but a 5xx to
 * the sender's address, which is the same in all mails, says that the configuration is wrong.
 */
final class SmtpReplies {

    /** RFC 3463, behind the reply code. */
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b");

    private SmtpReplies() {}

    static Delivery delivery(MessagingException failure) {
        Delivery found = new Delivery.Deferred("connection-lost");
        for (Exception each = failure; each != null; each = next(each)) {
            if (each instanceof SMTPSenderFailedException sender) {
                return ofSender(sender.getReturnCode(), each);
            } else if (each instanceof SMTPAddressFailedException address) {
                return ofMail(address.getReturnCode(), each);
            } else if (each instanceof SMTPSendFailedException send) {
                boolean ofSender = send.getCommand() != null && send.getCommand().startsWith("MAIL");
                found = ofSender ? ofSender(send.getReturnCode(), each) : ofMail(send.getReturnCode(), each);
            }
        }
        return found;
    }

    private static Delivery ofSender(int code, Exception failure) {
        return code / 100 == 5 ? new Delivery.Down("sender-refused " + reply(code, failure)) : ofMail(code, failure);
    }

    private static Delivery ofMail(int code, Exception failure) {
        return switch (code / 100) {
            case 5 -> new Delivery.Refused("reply " + reply(code, failure));
            case 4 -> new Delivery.Deferred("reply " + reply(code, failure));
            default -> new Delivery.Deferred("connection-lost");
        };
    }

    /** Codes only: the text behind them often repeats the address. */
    private static String reply(int code, Exception failure) {
        Matcher enhanced = ENHANCED.matcher(String.valueOf(failure.getMessage()).strip());
        return enhanced.find() ? code + " " + enhanced.group(1) : Integer.toString(code);
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}
