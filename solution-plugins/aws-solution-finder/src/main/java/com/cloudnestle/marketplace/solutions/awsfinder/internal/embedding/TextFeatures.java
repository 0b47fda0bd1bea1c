package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a text is made of: its words, and the pieces of 3 and 4 characters of each word. The pieces are what makes
 * "kuberntes" lie close to "kubernetes".
 */
final class TextFeatures {

    static final char WORD = 'w';
    static final char PIECE = 'p';

    private static final int SHORTEST_PIECE = 3;
    private static final int LONGEST_PIECE = 4;

    private final Function<String, List<String>> stems;
    private final Function<String, List<String>> words;

    /**
     * @param stems words of a text in their base form, without those that say nothing
     * @param words words of a text as written, lower case
     */
    TextFeatures(Function<String, List<String>> stems, Function<String, List<String>> words) {
        this.stems = stems;
        this.words = words;
    }

    /** Every feature with the number of times it occurs. */
    Map<String, Integer> of(String text) {
        Map<String, Integer> counts = new HashMap<>();
        stems.apply(text).forEach(stem -> counts.merge(WORD + stem, 1, Integer::sum));
        for (String word : words.apply(text)) {
            String bounded = "^" + word + "$";
            for (int length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
                for (int start = 0; start + length <= bounded.length(); start++) {
                    counts.merge(PIECE + bounded.substring(start, start + length), 1, Integer::sum);
                }
            }
        }
        return counts;
    }
}
