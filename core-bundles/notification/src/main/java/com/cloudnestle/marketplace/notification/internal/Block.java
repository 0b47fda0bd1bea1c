package com.cloudnestle.marketplace.notification.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One piece of a mail, from which both the plain text and the HTML are made. Texts may hold places like {@code {{code}}}. */
sealed interface Block {

    /** Its texts, in the order of reading. */
    Stream<String> texts();

    record Heading(String text) implements Block {
        @Override
        public Stream<String> texts() {
            return Stream.of(text);
        }
    }

    record Paragraph(String text) implements Block {
        @Override
        public Stream<String> texts() {
            return Stream.of(text);
        }
    }

    /** Less important than the rest. */
    record Note(String text) implements Block {
        @Override
        public Stream<String> texts() {
            return Stream.of(text);
        }
    }

    /** The thing to do; {@code address} is one place. */
    record Button(String label, String address) implements Block {
        @Override
        public Stream<String> texts() {
            return Stream.of(label, address);
        }
    }

    /** Something to read off and type. */
    record Code(String text) implements Block {
        @Override
        public Stream<String> texts() {
            return Stream.of(text);
        }
    }

    record Points(List<String> points) implements Block {
        public Points {
            points = List.copyOf(points);
        }

        @Override
        public Stream<String> texts() {
            return points.stream();
        }
    }

    Pattern BUTTON = Pattern.compile("\\[([^\\]]+)\\]\\((\\{\\{[a-z_]+\\}\\})\\)");

    /**
     * Reads blocks that are separated by empty lines: {@code # heading}, {@code [label]({{link}})}, four blanks and a code,
     * {@code - point} on each line, {@code ~ note}; anything else is a paragraph. Lines of one block are joined.
     */
    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        for (String block : text.strip().split("\n\\s*\n")) {
            blocks.add(one(block));
        }
        return List.copyOf(blocks);
    }

    private static Block one(String block) {
        if (block.startsWith("    ")) {
            return new Code(block.strip());
        }
        String joined = block.strip().replaceAll("\\s*\n\\s*", " ");
        Matcher button = BUTTON.matcher(joined);
        if (button.matches()) {
            return new Button(button.group(1), button.group(2));
        }
        return switch (joined.substring(0, Math.min(2, joined.length()))) {
            case "# " -> new Heading(joined.substring(2));
            case "~ " -> new Note(joined.substring(2));
            case "- " -> new Points(block.strip().lines().map(line -> line.strip().substring(2)).toList());
            default -> new Paragraph(joined);
        };
    }
}
