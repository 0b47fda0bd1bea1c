package com.cloudnestle.marketplace.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.testing.ManualClock;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxFolderTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00.123Z"));
    private final Letters letters = new Letters("बाज़ार \"Market\"");

    @TempDir
    Path data;

    private OutboxFolder transport() {
        return (OutboxFolder) new TestConfig().set("product_name", "बाज़ार \"Market\"").set("from", "no-reply@market.example")
                .set("reply_to", "help@market.example").settings(data).transport(clock);
    }

    private Letter letter(String id, Mail mail) {
        return letters.write(new OutboxEntry(0, clock.instant(), id, mail.kind(), clock.instant(), clock.instant(), 1, "", new byte[0]),
                MailContent.of(mail));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("outbox"))) {
            return files.sorted().toList();
        }
    }

    private static MimeMessage read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private static String part(MimeMessage message, int index) throws Exception {
        return (String) ((MimeMultipart) message.getContent()).getBodyPart(index).getContent();
    }

    @Test
    void writesAFileThatAMailProgramReads() throws Exception {
        Letter letter = letter("abc", Mails.mail("k", Mail.Kind.VERIFY_EMAIL, "hi", Duration.ofHours(1)));
        try (MailTransport.Connection connection = transport().open()) {
            assertThat(connection.deliver(letter)).isEqualTo(new Delivery.Accepted());
        }

        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.getFileName()).hasToString("20260301T120000123Z-verify-email-abc.eml");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
            assertThat(Files.readString(file)).as("nothing but ASCII").matches("[\\x00-\\x7f]*");
            MimeMessage message = read(file);
            assertThat(message.getSubject()).isEqualTo(letter.subject()).contains("पुष्टि");
            assertThat(message.getFrom()[0]).hasToString(read(file).getFrom()[0].toString());
            assertThat(message.getHeader("From", null)).contains("<no-reply@market.example>").contains("=?UTF-8?");
            assertThat(message.getReplyTo()[0]).hasToString("help@market.example");
            assertThat(message.getAllRecipients()).singleElement().hasToString(Mails.ADDRESS);
            assertThat(message.getHeader("Message-ID", null)).isEqualTo("<abc@market.example>");
            assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
            assertThat(message.getContentLanguage()).containsExactly("hi");
            assertThat(message.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
            assertThat(message.getContentType()).startsWith("multipart/alternative");
            assertThat(part(message, 0).replace("\r\n", "\n")).isEqualTo(letter.text());
            assertThat(part(message, 1).replace("\r\n", "\n")).isEqualTo(letter.html());
        });
    }

    @Test
    void isOneFileHoweverOftenAMailIsDelivered() throws Exception {
        Letter letter = letter("abc", Mails.mail("k"));
        OutboxFolder transport = transport();
        transport.open().deliver(letter);
        clock.advance(Duration.ofMinutes(3));
        transport().open().deliver(letter);

        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: all@example.com", "\nX: y", "\r\n\r\n<html>"})
    void letsNoValueAddAHeader(String evil) throws Exception {
        Map<String, String> values = new HashMap<>(Mails.values(Mail.Kind.UPGRADED));
        values.put("solution", "Finder" + evil);
        values.put("tier", "Pro" + evil);
        Mail mail = new Mail("k", Mails.mail("k").to(), "en", Mail.Kind.UPGRADED, values, Duration.ofHours(1));
        transport().open().deliver(letter("abc", mail));

        MimeMessage message = read(files().get(0));
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getHeader("X")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(message.getSubject()).startsWith("Finder").doesNotContain("\n", "\r");
    }

    @Test
    void writesAddressesThatAreNotAscii() throws Exception {
        transport().open().deliver(letter("abc", Mails.to("пётр@example.com", "k")));

        assertThat(Files.readString(files().get(0))).contains("To: пётр@example.com");
    }

    @Test
    void deletesItsOldFilesAndNoOthers() throws Exception {
        OutboxFolder transport = transport();
        transport.open().deliver(letter("old", Mails.mail("k")));
        Path mine = Files.writeString(data.resolve("outbox/20200101T000000000Z_notes.eml"), "mine");
        Path half = Files.writeString(data.resolve("outbox/.20260301T110000123Z-welcome-x.eml.new"), "half");
        clock.advance(Duration.ofDays(5));
        transport.open().deliver(letter("young", Mails.mail("k")));
        clock.advance(Duration.ofDays(2).plusMillis(1));

        transport.open();

        assertThat(files()).contains(mine).doesNotContain(half).hasSize(2);
        assertThat(files()).noneMatch(file -> file.toString().contains("old"));
    }

    @Test
    void isDownWhenItMayNotWrite() throws Exception {
        Files.writeString(data.resolve("outbox"), "a file is in the way");

        assertThatExceptionOfType(TransportDownException.class).isThrownBy(() -> transport().open());

        Files.delete(data.resolve("outbox"));
        MailTransport.Connection connection = transport().open();
        Files.delete(data.resolve("outbox"));
        assertThat(connection.deliver(letter("abc", Mails.mail("k")))).isEqualTo(new Delivery.Down("folder-unusable"));
    }
}
