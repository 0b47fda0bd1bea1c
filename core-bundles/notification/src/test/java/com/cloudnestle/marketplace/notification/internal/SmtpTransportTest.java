package com.cloudnestle.marketplace.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers what the test says. */
@Timeout(300)
class SmtpTransportTest {

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir
    static Path folder;

    private static Letter letter(String to) {
        Mail mail = Mails.to(to, "k");
        return new Letters("CloudNestle Marketplace").write(
                new OutboxEntry(0, CLOCK.instant(), "00112233445566778899aabb", mail.kind(), CLOCK.instant(), CLOCK.instant(), 1,
                        "", new byte[0]),
                MailContent.of(mail));
    }

    private static Delivery deliver(TestConfig config, Letter letter) throws TransportDownException {
        try (MailTransport transport = config.settings(folder).transport(CLOCK);
                MailTransport.Connection connection = transport.open()) {
            return connection.deliver(letter);
        }
    }

    /** A slow machine may take its time. */
    private static TestConfig patient(ScriptedSmtp server) {
        return TestConfig.smtp(server.port()).set("timeout_seconds", 60);
    }

    private static Delivery deliver(ScriptedSmtp server) throws TransportDownException {
        return deliver(patient(server), letter(Mails.ADDRESS));
    }

    private static void assertDown(TestConfig config, String reason) {
        assertThatExceptionOfType(TransportDownException.class)
                .isThrownBy(() -> deliver(config, letter(Mails.ADDRESS))).withMessage(reason);
    }

    @Test
    void handsAMailOver() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            assertThat(deliver(server)).isEqualTo(new Delivery.Accepted());

            assertThat(server.commands).containsExactly("EHLO [127.0.0.1]", "MAIL FROM:<no-reply@market.example>",
                    "RCPT TO:<" + Mails.ADDRESS + ">", "DATA", "QUIT");
            assertThat(server.messages).singleElement().asString()
                    .contains("Message-ID: <00112233445566778899aabb@market.example>", "Auto-Submitted: auto-generated",
                            "Date: Sun, 1 Mar 2026 12:00:00");
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT,550 5.1.1 no asha.verma@example.com here,reply 550 5.1.1", "DATA,554 no,reply 554",
        "BODY,552 5.3.4 too big,reply 552 5.3.4"})
    void takesARefusalForGood(String command, String answer, String reason) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put(command, answer);
            assertThat(deliver(server)).isEqualTo(new Delivery.Refused(reason));
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIL,451 4.7.1 slowly,reply 451 4.7.1", "RCPT,450 4.2.0 greylisted,reply 450 4.2.0", "DATA,421 busy,reply 421",
        "BODY,452 full,reply 452", "MAIL,HANG UP,connection-lost", "BODY,HANG UP,connection-lost", "BODY,SILENCE,connection-lost"})
    void triesLaterWhatMayBeTakenLater(String command, String answer, String reason) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put(command, answer);
            TestConfig config = patient(server).set("timeout_seconds", answer.equals(ScriptedSmtp.SILENCE) ? 5 : 60);
            assertThat(deliver(config, letter(Mails.ADDRESS))).isEqualTo(new Delivery.Deferred(reason));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.7.1 not you", "530 5.7.0 sign in first", "553 relaying denied"})
    void takesARefusedSenderForAMistakeInTheConfiguration(String answer) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put("MAIL", answer);
            assertThat(deliver(server)).isInstanceOfSatisfying(Delivery.Down.class,
                    down -> assertThat(down.reason()).startsWith("sender-refused " + answer.substring(0, 3)));
        }
    }

    @Test
    void goesOnAfterARefusalOnTheSameServer() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp();
                MailTransport transport = patient(server).settings(folder).transport(CLOCK);
                MailTransport.Connection connection = transport.open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection.deliver(letter(Mails.ADDRESS))).isEqualTo(new Delivery.Accepted());
            }
            assertThat(server.commands).containsOnlyOnce("EHLO [127.0.0.1]");
        }
    }

    @ParameterizedTest
    @CsvSource({"GREETING,554 no service,greeting-failed", "GREETING,HANG UP,greeting-failed", "EHLO,421 later,greeting-failed",
        "GREETING,SILENCE,timeout"})
    void isDownWhenTheServerDoesNotWelcomeIt(String command, String answer, String reason) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put(command, answer);
            server.answers.put("HELO", answer);
            assertDown(patient(server).set("timeout_seconds", answer.equals(ScriptedSmtp.SILENCE) ? 2 : 60), reason);
        }
    }

    @Test
    void isDownWhenNobodyListens() throws Exception {
        try (Socket nobody = new Socket()) { // bound, so that nobody else can listen there, and does not listen itself
            nobody.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            assertDown(TestConfig.smtp(nobody.getLocalPort()), "connect-failed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "RCPT"})
    void doesNotWaitForeverForAServerThatDrips(String command) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put(command, ScriptedSmtp.DRIP);
            SmtpServer at = new SmtpServer("127.0.0.1", server.port(), SmtpServer.Tls.NONE,
                    (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(10));
            try (MailTransport transport = new SmtpTransport(
                    at, null, new MimeWriter("Market", "no-reply@market.example", null), Duration.ofMillis(500))) {
                Delivery delivery;
                try (MailTransport.Connection connection = transport.open()) {
                    delivery = connection.deliver(letter(Mails.ADDRESS));
                } catch (TransportDownException e) {
                    delivery = new Delivery.Down("");
                }
                assertThat(delivery).isNotInstanceOf(Delivery.Accepted.class).isNotInstanceOf(Delivery.Refused.class);
            }
        }
    }

    @Test
    void encryptsBeforeItSaysAnything() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "ip:127.0.0.1");
        try (ScriptedSmtp server = new ScriptedSmtp(certificate.server())) {
            TestConfig config = patient(server).set("tls", "starttls").set("ca_file", certificate.pem().toString())
                    .set("username", "market").environment(MailSettings.PASSWORD, "hush");

            assertThat(deliver(config, letter(Mails.ADDRESS))).isEqualTo(new Delivery.Accepted());

            assertThat(server.commands.subList(0, 2)).containsExactly("EHLO [127.0.0.1]", "STARTTLS");
            assertThat(server.commands.subList(2, server.commands.size())).allMatch(line -> line.startsWith("(encrypted) "))
                    .anyMatch(line -> line.contains("AUTH PLAIN")).contains("(encrypted) DATA");
        }
    }

    @Test
    void saysNothingWithoutTheEncryptionThatIsAskedFor() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            assertDown(patient(server).set("tls", "starttls"), "greeting-failed");
            assertThat(server.commands).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("AUTH"));
        }
    }

    @Test
    void believesNoCertificateOfAnother() throws Exception {
        TestCertificate other = TestCertificate.make(folder, "dns:mail.example.com");
        try (ScriptedSmtp server = new ScriptedSmtp(other.server())) {
            assertDown(patient(server).set("tls", "starttls").set("ca_file", other.pem().toString()), "tls-failed");
            assertDown(patient(server).set("tls", "starttls"), "tls-failed"); // nor one nobody vouches for
            assertThat(server.commands).noneMatch(line -> line.contains("MAIL"));
        }
    }

    @Test
    void isDownWhenItsPasswordIsRefused() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put("AUTH", "535 5.7.8 no");
            assertDown(patient(server).set("username", "market").environment(MailSettings.PASSWORD, "wrong"),
                    "sign-in-refused");
        }
    }

    @Test
    void writesDomainsInAsciiAndRefusesLocalPartsThatAreNot() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            TestConfig config = patient(server);
            assertThat(deliver(config, letter("asha@bücher.example"))).isEqualTo(new Delivery.Accepted());
            assertThat(server.commands).contains("RCPT TO:<asha@xn--bcher-kva.example>");

            assertThat(deliver(config, letter("пётр@example.com"))).isEqualTo(new Delivery.Refused("address-not-ascii"));
        }
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp()) {
            server.answers.put("RCPT", ScriptedSmtp.SILENCE);
            MailTransport transport = patient(server).settings(folder).transport(CLOCK);
            MailTransport.Connection connection = transport.open();
            Thread closing = new Thread(() -> {
                while (server.commands.stream().noneMatch(line -> line.startsWith("RCPT"))) {
                    Thread.onSpinWait();
                }
                transport.close();
            });
            closing.start();

            assertThat(connection.deliver(letter(Mails.ADDRESS))).isEqualTo(new Delivery.Deferred("connection-lost"));
            closing.join();
        }
    }

    @Test
    void acceptsOnlyConfigurationsThatCanWork() {
        List<TestConfig> wrong = List.of(
                TestConfig.smtp(25).set("transport", "pigeon"),
                TestConfig.smtp(25).set("host", " "),
                TestConfig.smtp(70_000),
                TestConfig.smtp(25).set("tls", "maybe"),
                TestConfig.smtp(25).set("host", "192.0.2.1"),
                TestConfig.smtp(25).set("from", ""),
                TestConfig.smtp(25).set("from", "no-reply@market.example\r\nBcc: all@example.com"),
                TestConfig.smtp(25).set("reply_to", "Market <a@market.example>"),
                TestConfig.smtp(25).set("timeout_seconds", 0),
                TestConfig.smtp(25).set("username", "market"),
                TestConfig.smtp(25).set("username", "market").set("password_file", folder.resolve("none").toString()),
                TestConfig.smtp(25).set("ca_file", folder.resolve("none").toString()),
                new TestConfig().set("keep_days", 0));
        for (TestConfig config : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> config.settings(folder).transport(CLOCK));
        }
        new TestConfig().settings(folder).transport(CLOCK).close();
        TestConfig.smtp(0).set("tls", "tls").settings(folder).transport(CLOCK).close();
    }

    @Test
    void masksAddresses() {
        assertThat(MaskedAddress.of(new EmailAddress("asha@example.com"))).isEqualTo("a***@example.com");
        assertThat(MaskedAddress.of(new EmailAddress("пётр@example.com"))).isEqualTo("п***@example.com");
    }
}
