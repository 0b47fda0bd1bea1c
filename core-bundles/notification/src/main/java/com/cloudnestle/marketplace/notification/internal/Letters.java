package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.Mail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes mails from the templates in this bundle. All are read at once, so that a broken one is found at the start. Thread-safe. */
final class Letters {

    /** The languages there are templates in; the first is for all others. */
    static final List<String> LANGUAGES = List.of("en", "hi");

    private static final int MAX_VALUE = 4_000;

    private final Map<String, Map<Mail.Kind, Template>> templates = new HashMap<>();
    private final Map<String, SecurityWords> securityWords = new HashMap<>();
    private final String page = resource("page.html");
    private final String product;

    /** @param product what the marketplace is called */
    Letters(String product) {
        this.product = MailText.line(product);
        for (String language : LANGUAGES) {
            Map<Mail.Kind, Template> ofLanguage = new EnumMap<>(Mail.Kind.class);
            for (Mail.Kind kind : Mail.Kind.values()) {
                String file = language + "/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
                ofLanguage.put(kind, Template.read(kind, resource(file)));
            }
            templates.put(language, Collections.unmodifiableMap(ofLanguage));
            securityWords.put(language, SecurityWords.read(resource(language + "/security-changes.words")));
        }
    }

    /** @throws IllegalArgumentException if no letter can be written of it, which is a bug of the sender */
    static void check(Mail mail) {
        if (mail.language().length() > 100) {
            throw new IllegalArgumentException("language must have at most 100 characters");
        }
        mail.values().forEach((name, value) -> {
            if (value.length() > MAX_VALUE || name.length() > MAX_VALUE) {
                throw new IllegalArgumentException("the value " + name + " must have at most " + MAX_VALUE + " characters");
            }
            if (MailText.namesLink(name) && !MailText.isLink(value)) {
                throw new IllegalArgumentException("the value " + name + " must be an absolute http or https address");
            }
        });
    }

    Letter write(OutboxEntry entry, MailContent content) {
        String language = language(content.language());
        Template template = Objects.requireNonNull(
                Objects.requireNonNull(templates.get(language)).get(entry.kind()));
        Map<String, String> values = new HashMap<>();
        content.values().forEach((name, value) -> values.put(name, harmless(name, value)));
        if (entry.kind() == Mail.Kind.SECURITY_CHANGED) {
            values.computeIfPresent("what", (name, what) -> Objects.requireNonNull(securityWords.get(language)).say(what));
        }
        values.put(Template.PRODUCT, product);
        String subject = template.subject(values);
        String html = Template.fill(page, Map.of(
                "language", language,
                "product", MailText.escapeHtml(product),
                "title", MailText.escapeHtml(subject),
                "body", template.html(values)));
        return new Letter(entry.id(), entry.kind(), content.to(), entry.acceptedAt(), language, subject,
                template.text(values), html);
    }

    private static String harmless(String name, String value) {
        if (MailText.namesLink(name)) {
            return value; // checked when it was accepted
        }
        return name.equals("code") ? MailText.line(value) : MailText.inert(value); // codes are copied
    }

    /** That of the templates which speak the language; regions and scripts are of no account. */
    private static String language(String tag) {
        String wanted = Locale.forLanguageTag(tag).getLanguage();
        return LANGUAGES.contains(wanted) ? wanted : LANGUAGES.get(0);
    }

    private static String resource(String name) {
        try (InputStream in = Letters.class.getResourceAsStream("templates/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the template " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
