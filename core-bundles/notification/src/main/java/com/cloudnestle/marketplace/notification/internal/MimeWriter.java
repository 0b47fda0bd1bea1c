package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Letters as messages of the internet: plain text and HTML, everything UTF-8. The same letter always gets the same date and
 * message id.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322">RFC 5322</a>, and RFC 3834 for the header that keeps
 *     holiday replies away
 */
final class MimeWriter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String productName;
    private final String from;
    private final @Nullable String replyTo;

    /** @param from plain address, as {@link #isAddress} accepts it; so is {@code replyTo} */
    MimeWriter(String productName, String from, @Nullable String replyTo) {
        this.productName = productName;
        this.from = from;
        this.replyTo = replyTo;
    }

    static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text.indexOf('@') > 0 && text.chars().allMatch(c -> c > ' ' && c < 127);
        } catch (AddressException e) {
            return false;
        }
    }

    String from() {
        return from;
    }

    /**
     * The address with its domain in ASCII, as mail servers know it; empty if that is not possible or if the part before
     * the @ is not ASCII.
     */
    static Optional<String> ascii(EmailAddress address) {
        String value = address.value();
        int at = value.lastIndexOf('@');
        try {
            String ascii = value.substring(0, at) + "@" + IDN.toASCII(value.substring(at + 1));
            return ascii.chars().allMatch(c -> c < 128) ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    MimeMessage write(Letter letter) throws MessagingException {
        Optional<String> ascii = ascii(letter.to());
        Properties properties = new Properties();
        properties.put("mail.mime.allowutf8", Boolean.toString(ascii.isEmpty())); // RFC 6532, only where it cannot be avoided
        MimeMessage message = new KnownMessage(Session.getInstance(properties),
                "<" + letter.id() + from.substring(from.lastIndexOf('@')) + ">");
        message.setFrom(named(from));
        if (replyTo != null) {
            message.setReplyTo(new InternetAddress[] {new InternetAddress(replyTo, false)});
        }
        message.setRecipient(Message.RecipientType.TO, plain(ascii.orElse(letter.to().value())));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(letter.acceptedAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContentLanguage(new String[] {letter.language()});
        message.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        message.saveChanges();
        return message;
    }

    private InternetAddress named(String address) throws MessagingException {
        try {
            return new InternetAddress(address, productName, UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    /** Not parsed: it is checked, and the parser knows fewer addresses than there are. */
    private static InternetAddress plain(String address) {
        InternetAddress plain = new InternetAddress();
        plain.setAddress(address);
        return plain;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    /** Keeps its id, where the library would make a new one with each attempt. */
    private static final class KnownMessage extends MimeMessage {
        private final String id;

        private KnownMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
