package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.internal.SmtpServer.Tls;
import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, checked. Mistakes are {@link IllegalArgumentException}s that name the key and never the value of a secret.
 *
 * @param environment variables of the process
 * @param data the data directory
 */
record MailSettings(MailComponent.Config config, Function<String, @Nullable String> environment, Path data) {

    /** Environment variable with the password of the SMTP server. */
    static final String PASSWORD = "MARKETPLACE_SMTP_PASSWORD";

    private static final String NOBODY = "no-reply@localhost";
    private static final int MAX_PORT = 65_535;

    String productName() {
        String name = MailText.line(config.product_name());
        return name.isEmpty() ? "CloudNestle Marketplace" : name;
    }

    Duration poll() {
        return Duration.ofSeconds(Math.max(1, config.poll_seconds()));
    }

    MailTransport transport(InstantSource clock) {
        return switch (config.transport().strip()) {
            case "outbox-folder" -> folder(clock);
            case "smtp" -> smtp();
            default -> throw new IllegalArgumentException("transport must be outbox-folder or smtp");
        };
    }

    private MailTransport folder(InstantSource clock) {
        if (config.keep_days() < 1 || config.keep_days() > 3_650) {
            throw new IllegalArgumentException("keep.days must be 1 to 3650");
        }
        String folder = config.outbox_folder().strip();
        return new OutboxFolder(folder.isEmpty() ? data.resolve("outbox") : Path.of(folder).toAbsolutePath(),
                Duration.ofDays(config.keep_days()), mime(address("from", config.from()).orElse(NOBODY)), clock);
    }

    private MailTransport smtp() {
        String host = config.host().strip();
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host must name the SMTP server");
        }
        Tls tls = tls();
        if (tls == Tls.NONE && !onThisMachine(host)) {
            throw new IllegalArgumentException("tls = none is only for a host on this machine: anybody between could read the mails");
        }
        if (config.port() < 0 || config.port() > MAX_PORT) {
            throw new IllegalArgumentException("port must be 1 to 65535, or 0 for the usual one");
        }
        if (config.timeout_seconds() < 1 || config.timeout_seconds() > 60) {
            throw new IllegalArgumentException("timeout.seconds must be 1 to 60");
        }
        MimeWriter mime = mime(address("from", config.from())
                .orElseThrow(() -> new IllegalArgumentException("from must be the address that mails come from")));
        Duration timeout = Duration.ofSeconds(config.timeout_seconds());
        // A whole delivery ends long before its claim does, or somebody else would begin it again.
        Duration limit = timeout.multipliedBy(6).compareTo(Outbox.CLAIM.dividedBy(2)) < 0
                ? timeout.multipliedBy(6) : Outbox.CLAIM.dividedBy(2);
        return new SmtpTransport(new SmtpServer(host, config.port() == 0 ? tls.usualPort() : config.port(), tls, trust(), timeout),
                login().orElse(null), mime, limit);
    }

    private MimeWriter mime(String from) {
        return new MimeWriter(productName(), from, address("reply.to", config.reply_to()).orElse(null));
    }

    private Tls tls() {
        try {
            return Tls.valueOf(config.tls().strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tls must be starttls, tls or none", e);
        }
    }

    /** A name that cannot be resolved now is judged again when the connection is made. */
    private static boolean onThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String> address(String key, String value) {
        String address = value.strip();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        if (!MimeWriter.isAddress(address)) {
            throw new IllegalArgumentException(key + " must be a plain e-mail address such as no-reply@example.com");
        }
        return Optional.of(address);
    }

    private Optional<PasswordAuthentication> login() {
        String username = config.username().strip();
        if (username.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PasswordAuthentication(username, password()));
    }

    private String password() {
        String file = config.password_file().strip();
        if (!file.isEmpty()) {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException("password.file cannot be read: " + file, e);
            }
        }
        String password = environment.apply(PASSWORD);
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("username needs a password: set password.file or the environment variable " + PASSWORD);
        }
        return password;
    }

    private SSLSocketFactory trust() {
        String file = config.ca_file().strip();
        if (file.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException("ca.file has no certificate: " + file);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("ca.file cannot be read: " + file, e);
        }
    }

    @Override
    public String toString() {
        return "MailSettings[" + config.transport() + "]";
    }
}
