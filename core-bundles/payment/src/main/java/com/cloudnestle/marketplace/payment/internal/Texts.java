package com.cloudnestle.marketplace.payment.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several texts as one, line by line, because an item of the store has no lists. */
final class Texts {

    private Texts() {}

    /** Nothing becomes the empty text; so does a single empty text, which therefore is not to be joined. */
    static String join(List<String> texts) {
        List<String> lines = texts.stream().map(text -> text.replace("\\", "\\\\").replace("\n", "\\n")).toList();
        return String.join("\n", lines);
    }

    static List<String> split(String joined) {
        if (joined.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (String line : joined.split("\n", -1)) {
            texts.add(unescaped(line));
        }
        return texts;
    }

    /** Ordered by name, so that equal maps give equal texts. */
    static String join(Map<String, String> map) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(map).forEach((name, value) -> {
            texts.add(name);
            texts.add(value);
        });
        return join(texts);
    }

    static Map<String, String> map(String joined) {
        List<String> texts = split(joined);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            map.put(texts.get(i), texts.get(i + 1));
        }
        return map;
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
