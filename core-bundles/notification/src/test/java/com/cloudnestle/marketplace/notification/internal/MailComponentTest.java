package com.cloudnestle.marketplace.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bundle, with the thread that delivers, the folder and a mail server that is a process of its own. */
@Timeout(600)
class MailComponentTest {

    private static final String MAILBOX = "reader@example.org";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);

    @TempDir
    Path data;

    private MailComponent component(TestConfig config) {
        return new MailComponent(store, new FixedSecrets(), clock, new FixedNodes(), config.set("poll_seconds", 1L).settings(data));
    }

    private static void await(Callable<Boolean> fact) throws Exception {
        long started = System.nanoTime();
        while (!fact.call()) {
            assertThat(System.nanoTime() - started).as("nanoseconds waited").isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long waiting() {
        Outbox outbox = new Outbox(store, new FixedSecrets(), clock);
        return IntStream.range(0, OutboxEntry.SHARDS).mapToLong(shard -> outbox.page(shard, Store.MAX_PAGE, null).items().size()).sum();
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(data.resolve("outbox"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }

    @Test
    void deliversAtOnceWithoutAnyConfiguration() throws Exception {
        MailComponent mailer = new MailComponent(store, new FixedSecrets(), clock, new FixedNodes(),
                new TestConfig().set("poll_seconds", 86_400L).settings(data));
        for (int i = 0; i < 5; i++) { // each of them wakes the thread again
            int expected = i + 1;
            mailer.send(Mails.mail("mail " + i));
            await(() -> files().size() == expected && waiting() == 0);
        }
        mailer.close();
    }

    @Test
    void keepsMailsWhileItsConfigurationCannotBeUsed() throws Exception {
        String log = LogFile.during(() -> {
            MailComponent wrong = component(new TestConfig().set("transport", "smtp").set("host", "mail.example.com")
                    .set("from", "no-reply@market.example").set("username", "market").set("password_file", "/does/not/exist"));
            wrong.send(Mails.mail("a"));
            wrong.close();
        });
        assertThat(log).contains("event=mail_misconfigured problem=\"password.file cannot be read");
        assertThat(waiting()).isEqualTo(1);

        MailComponent right = component(new TestConfig());
        await(() -> files().size() == 1 && waiting() == 0);
        right.close();
    }

    @Test
    void sendsWhatIsAcceptedWhileItStopsFromTheNextProcess() throws Exception {
        MailComponent stopped = component(new TestConfig());
        stopped.close();
        stopped.send(Mails.mail("a"));
        assertThat(waiting()).isEqualTo(1);

        MailComponent next = component(new TestConfig());
        await(() -> files().size() == 1);
        next.close();
    }

    @Test
    void refusesMailsThatCouldNotBeWritten() {
        MailComponent mailer = component(new TestConfig());
        Mail mail = new Mail("k", new EmailAddress(MAILBOX), "en", Mail.Kind.NO_ACCOUNT,
                Map.of("register_link", "javascript:alert(1)"), Duration.ofHours(1));

        assertThatIllegalArgumentException().isThrownBy(() -> mailer.send(mail));
        mailer.close();
    }

    @Test
    void isReadByARealMailServerOnceThatIsThere() throws Exception {
        Socket nobody = GreenMail.anyPort(); // kept until the server takes it
        int port = nobody.getLocalPort();
        MailComponent mailer = component(TestConfig.smtp(port).set("timeout_seconds", 60).set("username", GreenMail.USER)
                .environment(MailSettings.PASSWORD, GreenMail.PASSWORD));
        for (Mail.Kind kind : Mail.Kind.values()) {
            mailer.send(new Mail(kind.name(), new EmailAddress(MAILBOX), "hi", kind, Mails.values(kind), Duration.ofDays(1)));
        }
        assertThat(waiting()).as("nobody listens yet").isEqualTo(Mail.Kind.values().length);

        nobody.close();
        try (GreenMail server = GreenMail.start(data, "smtp", port, MAILBOX)) {
            await(() -> {
                clock.advance(Duration.ofSeconds(10));
                return waiting() == 0;
            });
            List<MimeMessage> mails = server.mailbox();
            assertThat(mails).hasSize(Mail.Kind.values().length);
            for (MimeMessage mail : mails) {
                MimeMultipart parts = (MimeMultipart) mail.getContent();
                assertThat(mail.getSubject()).matches(text -> text.codePoints().anyMatch(c -> c >= 0x900 && c < 0x980));
                assertThat((String) parts.getBodyPart(0).getContent()).contains("CloudNestle Marketplace");
                assertThat((String) parts.getBodyPart(1).getContent()).contains("<html lang=\"hi\"");
                assertThat(mail.getFrom()[0]).hasToString("CloudNestle Marketplace <no-reply@market.example>");
            }
        }
        mailer.close();
    }

    @Test
    void speaksTlsFromTheFirstByteAndSignsIn() throws Exception {
        TestCertificate certificate = TestCertificate.make(data, "ip:127.0.0.1");
        int port;
        try (Socket free = GreenMail.anyPort()) {
            port = free.getLocalPort();
        }
        TestConfig config = TestConfig.smtp(port).set("timeout_seconds", 60).set("tls", "tls").set("ca_file", certificate.pem().toString());
        try (GreenMail server = GreenMail.start(data, "smtps", port, MAILBOX,
                "-Dgreenmail.tls.keystore.file=" + certificate.keyStore(),
                "-Dgreenmail.tls.keystore.password=" + TestCertificate.PASSWORD,
                "-Dgreenmail.tls.key.password=" + TestCertificate.PASSWORD)) {
            Path password = Files.writeString(data.resolve("password"), "wrong\n");
            MailComponent refused = component(config.set("username", GreenMail.USER).set("password_file", password.toString()));
            String log = LogFile.during(() -> {
                refused.send(Mails.to(MAILBOX, "a"));
                awaitLog("reason=\"sign-in-refused\"");
            });
            refused.close();
            assertThat(log).doesNotContain(GreenMail.USER, "wrong", MAILBOX);
            assertThat(waiting()).isEqualTo(1);

            Files.writeString(password, GreenMail.PASSWORD + "\n");
            MailComponent right = component(config);
            await(() -> waiting() == 0);
            right.close();
            assertThat(server.mailbox()).singleElement().satisfies(mail ->
                    assertThat(mail.getHeader("Message-ID", null)).endsWith("@market.example>"));
        }
    }

    private static void awaitLog(String line) {
        try {
            await(() -> LogFile.contains(line));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
