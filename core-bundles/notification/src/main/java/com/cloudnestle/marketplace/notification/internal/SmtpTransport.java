package com.cloudnestle.marketplace.notification.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Delivers to an SMTP server. Every step has a time limit, also against a server that answers one byte at a time. */
final class SmtpTransport implements MailTransport {

    private final SmtpServer server;
    private final @Nullable PasswordAuthentication login;
    private final MimeWriter mime;
    private final Duration limit;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watchdog;

    /**
     * @param login null: the server takes mails without
     * @param limit for one connection to be made, and for one mail to be handed over
     */
    SmtpTransport(SmtpServer server, @Nullable PasswordAuthentication login, MimeWriter mime, Duration limit) {
        this.server = server;
        this.login = login;
        this.mime = mime;
        this.limit = limit;
        watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marketplace-mail-watchdog");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public MailTransport.Connection open() throws TransportDownException {
        Socket plain;
        try {
            plain = server.connect();
        } catch (IOException e) {
            throw new TransportDownException(reason("connect-failed", e), e);
        }
        open.add(plain);
        Future<?> alarm = alarm(plain);
        boolean opened = false;
        try {
            Socket socket = server.secured(plain);
            SMTPTransport smtp = new SMTPTransport(session(), new URLName("smtp", server.host(), server.port(), null, null, null));
            smtp.setLocalHost(literal(plain.getLocalAddress()));
            smtp.connect(socket);
            opened = true;
            return new Connected(smtp, plain);
        } catch (AuthenticationFailedException e) {
            throw new TransportDownException("sign-in-refused", e);
        } catch (MessagingException | IOException e) {
            throw new TransportDownException(reason("greeting-failed", e), e);
        } finally {
            alarm.cancel(false);
            if (!opened) {
                end(plain);
            }
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        open.forEach(this::end);
    }

    private Future<?> alarm(Socket socket) {
        return watchdog.schedule(() -> end(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no more use in any case
        }
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.from", mime.from());
        if (server.tls() == SmtpServer.Tls.STARTTLS) {
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
        }
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", server.trust());
        if (login == null) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN"); // the connection protects the password
        properties.put("mail.smtp.user", login.getUserName());
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        });
    }

    /** How we name ourselves in EHLO: our address, as RFC 5321 4.1.4 allows, since who has no name must not invent one. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return "[" + (address instanceof Inet6Address ? "IPv6:" : "") + (zone < 0 ? text : text.substring(0, zone)) + "]";
    }

    private static String reason(String otherwise, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "tls-failed";
            }
            if (cause instanceof InterruptedIOException) {
                return "timeout";
            }
        }
        return otherwise;
    }

    private final class Connected implements MailTransport.Connection {
        private final SMTPTransport smtp;
        private final Socket socket;

        private Connected(SMTPTransport smtp, Socket socket) {
            this.smtp = smtp;
            this.socket = socket;
        }

        @Override
        public Delivery deliver(Letter letter) {
            if (MimeWriter.ascii(letter.to()).isEmpty()) {
                return new Delivery.Refused("address-not-ascii");
            }
            Future<?> alarm = alarm(socket);
            try {
                var message = mime.write(letter);
                smtp.sendMessage(message, message.getAllRecipients());
                return new Delivery.Accepted();
            } catch (MessagingException e) {
                return SmtpReplies.delivery(e);
            } finally {
                alarm.cancel(false);
            }
        }

        @Override
        public void close() {
            Future<?> alarm = alarm(socket);
            try {
                smtp.close(); // says QUIT
            } catch (MessagingException e) {
                // nothing was left to be said
            } finally {
                alarm.cancel(false);
                end(socket);
            }
        }
    }
}
