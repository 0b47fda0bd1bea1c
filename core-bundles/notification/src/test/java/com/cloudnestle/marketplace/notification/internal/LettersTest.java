package com.cloudnestle.marketplace.notification.internal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.SecurityChange;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Letters letters = new Letters("CloudNestle Marketplace");

    private Letter letter(Mail.Kind kind, String language, Map<String, String> values) {
        OutboxEntry entry = new OutboxEntry(0, NOON, "id", kind, NOON, NOON.plus(Duration.ofHours(1)), 1, "", new byte[0]);
        return letters.write(entry, new MailContent(new EmailAddress(Mails.ADDRESS), language, values));
    }

    private static Map<String, String> with(Mail.Kind kind, String name, String value) {
        Map<String, String> values = new HashMap<>(Mails.values(kind));
        assertThat(values).containsKey(name);
        values.put(name, value);
        return values;
    }

    static Stream<Arguments> everyKindInEveryLanguage() {
        return Stream.of(Mail.Kind.values()).flatMap(kind ->
                Letters.LANGUAGES.stream().map(language -> Arguments.of(kind, language)));
    }

    @ParameterizedTest
    @MethodSource("everyKindInEveryLanguage")
    void showsAllValuesInTextAndHtml(Mail.Kind kind, String language) throws Exception {
        Letter letter = letter(kind, language, Mails.values(kind));

        assertThat(letter.language()).isEqualTo(language);
        assertThat(letter.subject()).isNotBlank().hasSizeLessThan(90).doesNotContain("{{");
        Mails.values(kind).forEach((name, value) -> {
            assertThat(letter.text()).contains(value);
            assertThat(letter.html()).contains(MailText.escapeHtml(value));
        });
        assertThat(letter.text()).doesNotContain("{{", "<", "# ", "~ ").endsWith("-- \nCloudNestle Marketplace\n");
        assertThat(letter.html()).doesNotContain("{{", "<img", "<script", "url(")
                .contains("<html lang=\"" + language + "\"", "color-scheme", "<h1>");
        assertThat(letter.text()).as("is in its language")
                .matches(text -> text.codePoints().anyMatch(c -> c >= 0x900 && c < 0x980) == language.equals("hi"));
        assertWellFormed(letter.html());
    }

    /** Every element is closed; what HTML need not close is closed for the parser. */
    private static void assertWellFormed(String html) throws Exception {
        String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"hi,hi", "hi-IN,hi", "hi-Deva-IN,hi", "HI,hi", "en-GB,en", "de,en", "'',en", "'../../etc/passwd',en", "hi_IN,en"})
    void speaksTheLanguageThatIsAskedForOrEnglish(String asked, String spoken) {
        assertThat(letter(Mail.Kind.WELCOME, asked, Mails.values(Mail.Kind.WELCOME)).language()).isEqualTo(spoken);
    }

    @Test
    void escapesHtmlAndLeavesTextAsItIs() {
        String name = "<script>alert('x')</script> & \"co\"";
        Letter letter = letter(Mail.Kind.WELCOME, "en", with(Mail.Kind.WELCOME, "name", name));

        assertThat(letter.html()).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;")
                .doesNotContain("<script");
        assertThat(letter.text()).contains(name);
    }

    @Test
    void doesNotFillInWhatAValueBrings() {
        Letter letter = letter(Mail.Kind.UPGRADED, "en", with(Mail.Kind.UPGRADED, "solution", "{{body}} {{tier}} $1 \\"));

        assertThat(letter.subject()).startsWith("{{body}} {{tier}} $1 \\:");
        assertThat(letter.html()).contains("<title>{{body}} {{tier}} $1 \\: your new tier is the tier</title>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: all@example.com\r\n\r\n", "\n", "\r", "\u0000", "\u2028", "\u2029", "\u0085", "\u202e"})
    void keepsValuesOnOneLine(String evil) {
        Letter letter = letter(Mail.Kind.UPGRADED, "en", with(Mail.Kind.UPGRADED, "solution", "Find" + evil + "er"));
        Letter plain = letter(Mail.Kind.UPGRADED, "en", with(Mail.Kind.UPGRADED, "solution", "Finder"));

        assertThat(letter.subject().chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0x202e);
        assertThat(letter.text().lines()).hasSameSizeAs(plain.text().lines().toList());
    }

    @Test
    void keepsTheJoinersThatHindiNeeds() {
        String name = "क्\u200dष श्री";
        assertThat(letter(Mail.Kind.WELCOME, "hi", with(Mail.Kind.WELCOME, "name", name)).text()).contains(name);
    }

    @Test
    void letsNoValueBecomeALinkOfItsOwn() {
        Letter letter = letter(Mail.Kind.NEW_DEVICE, "en",
                with(Mail.Kind.NEW_DEVICE, "device", "Call us at www.evil.example or https://evil.example, help@evil.example"));

        assertThat(letter.text()).doesNotContain("evil.example", "www.evil", "https://evil", "help@");
        assertThat(letter.text().replace("\u200b", "")).contains("www.evil.example or https://evil.example, help@evil.example");
    }

    @Test
    void limitsTheLengthOfValues() {
        Letter letter = letter(Mail.Kind.WELCOME, "en", with(Mail.Kind.WELCOME, "name", "x".repeat(3_000)));

        assertThat(letter.text()).contains("x".repeat(500)).doesNotContain("x".repeat(501));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "/relative", "https://a.example/ b", "https://a.example/\nBcc:x", "ftp://a.example",
        "https://a.example/\"onclick=", "data:text/html,x", "", "https://a.example/é"})
    void acceptsNothingButWebAddressesAsLinks(String link) {
        Mail mail = new Mail("k", new EmailAddress(Mails.ADDRESS), "en", Mail.Kind.NO_ACCOUNT,
                Map.of("register_link", link), Duration.ofHours(1));

        assertThatIllegalArgumentException().isThrownBy(() -> Letters.check(mail)).withMessageContaining("register_link");
    }

    @Test
    void acceptsOrdinaryMails() {
        for (Mail.Kind kind : Mail.Kind.values()) {
            Letters.check(Mails.mail("k", kind, "en", Duration.ofHours(1)));
        }
    }

    @Test
    void refusesValuesThatNoStoreCouldKeep() {
        Mail mail = new Mail("k", new EmailAddress(Mails.ADDRESS), "en", Mail.Kind.ACCOUNT_DELETED,
                Map.of("at", "x".repeat(4_001)), Duration.ofHours(1));

        assertThatIllegalArgumentException().isThrownBy(() -> Letters.check(mail)).withMessageContaining("at");
    }

    @Test
    void findsATemplateWithPlacesThatAreNotOfItsKind() {
        assertThatIllegalStateException().isThrownBy(() ->
                Template.read(Mail.Kind.ACCOUNT_DELETED, "Subject: Gone\n\n{{at}} {{code}}\n")).withMessageContaining("code");
        assertThatIllegalStateException().isThrownBy(() ->
                Template.read(Mail.Kind.ACCOUNT_DELETED, "Subject: Gone\n\nGone.\n")).withMessageContaining("at");
        assertThatIllegalStateException().isThrownBy(() -> Template.read(Mail.Kind.ACCOUNT_DELETED, "Gone {{at}}\n"));
    }

    @Test
    void readsBlocks() {
        assertThat(Block.read("# Title\n\nOne\ntwo.\n\n[Go]({{link}})\n\n    {{code}}\n\n- a\n- b\n\n~ small\n")).containsExactly(
                new Block.Heading("Title"), new Block.Paragraph("One two."), new Block.Button("Go", "{{link}}"),
                new Block.Code("{{code}}"), new Block.Points(List.of("a", "b")), new Block.Note("small"));
    }

    @Test
    void keepsContentOnlyForTheSameSecretAndMail() {
        SealedContent sealing = new SealedContent(new FixedSecrets());
        MailContent content = MailContent.of(Mails.mail("k"));
        byte[] sealed = sealing.seal("id", content);

        assertThat(sealing.open("id", sealed)).contains(content);
        assertThat(sealing.open("other", sealed)).isEmpty();
        assertThat(new SealedContent(new FixedSecrets("other")).open("id", sealed)).isEmpty();
        assertThat(sealing.open("id", new byte[3])).isEmpty();
        sealed[20] ^= 1;
        assertThat(sealing.open("id", sealed)).isEmpty();
    }

    @Test
    void keepsWhatAnEntryHolds() {
        ManualClock clock = new ManualClock(NOON);
        Outbox outbox = new Outbox(new InMemoryStore(clock), new FixedSecrets(), clock);
        OutboxEntry entry = new OutboxEntry(3, NOON, "id", Mail.Kind.WELCOME, NOON, NOON.plusSeconds(60), 4, "me", new byte[] {1, 2});

        assertThat(OutboxEntry.of(entry.item())).contains(entry);
        assertThat(entry.toString()).doesNotContain("[1");
        assertThat(outbox.content(entry)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SecurityChange.class)
    void saysEachSecurityChangeInThePersonsLanguage(SecurityChange change) {
        boolean detailed = change.name().startsWith("P") || change == SecurityChange.RECOVERY_CODE_USED;
        String what = detailed ? change.what("Ann's {{link}} <b>") : change.what();

        Letter english = letter(Mail.Kind.SECURITY_CHANGED, "en", with(Mail.Kind.SECURITY_CHANGED, "what", what));
        Letter hindi = letter(Mail.Kind.SECURITY_CHANGED, "hi-IN", with(Mail.Kind.SECURITY_CHANGED, "what", what));

        String line = hindi.text().lines().filter(each -> each.startsWith("- क्या: ")).findFirst().orElseThrow();
        assertThat(line.substring("- क्या: ".length())).matches(text -> text.codePoints().anyMatch(c -> c >= 0x900 && c < 0x980));
        assertThat(english.text()).contains("- What: ");
        for (Letter letter : new Letter[] {english, hindi}) {
            assertThat(letter.text()).doesNotContain(change.name(), "detail");
            assertThat(letter.html()).doesNotContain("<b>");
            assertThat(letter.text().contains("Ann's {{link}} <b>")).isEqualTo(detailed);
        }
    }

    @Test
    void leavesWordsOfAnEarlierReleaseAsTheyAre() {
        assertThat(letter(Mail.Kind.SECURITY_CHANGED, "hi", with(Mail.Kind.SECURITY_CHANGED, "what", "A passkey was added: x")).text())
                .contains("A passkey was added: x");
    }

    @Test
    void refusesAFileThatLacksWords() {
        assertThatIllegalStateException().isThrownBy(() -> SecurityWords.read("PASSKEY_ADDED = x"));
        assertThatIllegalStateException().isThrownBy(() -> SecurityWords.read("PASSKEY_ADDED"));
    }
}
