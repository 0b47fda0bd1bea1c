package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.Mail;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one kind of mail is said in one language. Places like {@code {{code}}} are filled with values and that is all: there is
 * no logic, so whoever translates needs to know nothing else.
 *
 * @param subject first line of the file, after {@code Subject:}
 */
record Template(String subject, List<Block> blocks) {

    /** A value that all templates have. */
    static final String PRODUCT = "product";

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)\\}\\}");
    private static final String SUBJECT = "Subject:";

    Template {
        blocks = List.copyOf(blocks);
    }

    /** @throws IllegalStateException if the places are not those of the kind, which is a mistake in the file */
    static Template read(Mail.Kind kind, String file) {
        int end = file.indexOf('\n');
        if (end < 0 || !file.startsWith(SUBJECT)) {
            throw new IllegalStateException("the template of " + kind + " does not begin with " + SUBJECT);
        }
        Template template = new Template(file.substring(SUBJECT.length(), end).strip(), Block.read(file.substring(end)));
        Set<String> places = template.places();
        Set<String> expected = new HashSet<>(kind.needs());
        places.remove(PRODUCT);
        if (!places.equals(expected)) {
            throw new IllegalStateException("the template of " + kind + " has " + places + " instead of " + expected);
        }
        return template;
    }

    String subject(Map<String, String> values) {
        return fill(subject, values);
    }

    String text(Map<String, String> values) {
        return blocks.stream()
                .map(block -> fill(text(block), values))
                .collect(Collectors.joining("\n\n", "", "\n\n-- \n" + values.get(PRODUCT) + "\n"));
    }

    /** What stands in the body of the page. */
    String html(Map<String, String> values) {
        return blocks.stream()
                .map(block -> fill(html(block), values, MailText::escapeHtml))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Block block) {
        if (block instanceof Block.Button button) {
            return button.label() + ":\n" + button.address();
        }
        if (block instanceof Block.Points points) {
            return points.points().stream().map(point -> "- " + point).collect(Collectors.joining("\n"));
        }
        return block.texts().map(text -> block instanceof Block.Code ? "    " + text : text).collect(Collectors.joining("\n"));
    }

    /** The looks are in the page; what has to be there even where a mail program drops styles stands here. */
    private static String html(Block block) {
        List<String> texts = block.texts().map(MailText::escapeHtml).toList();
        String first = texts.get(0);
        if (block instanceof Block.Heading) {
            return "<h1>" + first + "</h1>";
        } else if (block instanceof Block.Button) {
            return "<p><a class=\"button\" href=\"" + texts.get(1) + "\" style=\"display:inline-block;padding:14px 24px;"
                    + "border-radius:8px;background-color:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none\">"
                    + first + "</a></p>";
        } else if (block instanceof Block.Code) {
            return "<p class=\"code\" style=\"font-family:monospace;font-size:28px;letter-spacing:4px\">" + first + "</p>";
        } else if (block instanceof Block.Points) {
            return texts.stream().collect(Collectors.joining("</li>\n<li>", "<ul>\n<li>", "</li>\n</ul>"));
        } else if (block instanceof Block.Note) {
            return "<p class=\"note\">" + first + "</p>";
        }
        return "<p>" + first + "</p>";
    }

    /** The text with the values in its places; what they bring is not looked at again. */
    static String fill(String text, Map<String, String> values) {
        return fill(text, values, UnaryOperator.identity());
    }

    private static String fill(String text, Map<String, String> values, UnaryOperator<String> escape) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(
                escape.apply(Objects.requireNonNull(values.get(place.group(1)), place.group(1)))));
    }

    private Set<String> places() {
        return Stream.concat(Stream.of(subject), blocks.stream().flatMap(Block::texts))
                .flatMap(text -> PLACE.matcher(text).results())
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
