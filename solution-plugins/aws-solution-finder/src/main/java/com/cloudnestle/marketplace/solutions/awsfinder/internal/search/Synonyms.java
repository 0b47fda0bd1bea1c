package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;

/** Words that mean the same. Each line of the resource {@code synonyms.txt} is one group, separated by commas. */
final class Synonyms {

    private Synonyms() {}

    static SynonymMap shipped() {
        try (var in = Synonyms.class.getResourceAsStream("/synonyms.txt")) {
            if (in == null) {
                throw new IllegalStateException("synonyms.txt is missing");
            }
            return of(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SynonymMap of(List<String> lines) throws IOException {
        SynonymMap.Builder builder = new SynonymMap.Builder(true);
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                List<String> group = Arrays.stream(line.split(",")).map(w -> w.strip().toLowerCase(Locale.ROOT)).toList();
                for (String from : group) {
                    for (String to : group) {
                        if (!from.equals(to)) {
                            builder.add(chars(from), chars(to), true);
                        }
                    }
                }
            }
        }
        return builder.build();
    }

    private static CharsRef chars(String phrase) {
        return SynonymMap.Builder.join(phrase.split(" +"), new CharsRefBuilder());
    }
}
