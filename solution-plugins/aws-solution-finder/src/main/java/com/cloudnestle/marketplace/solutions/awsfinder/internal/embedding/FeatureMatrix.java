package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Texts as rows of weighted features, each row of length 1. A feature counts (1 + ln tf) · idf; words and pieces of
 * words are scaled apart from each other, so that the many pieces do not drown the words.
 */
final class FeatureMatrix {

    private static final double WORD_SHARE = 0.7;
    private static final double PIECE_SHARE = 1 - WORD_SHARE;

    /** The cells of a row that are not zero, in the order of the columns, so that sums come out the same every time. */
    private record Row(int[] columns, double[] weights) {}

    private final TextFeatures features;
    private final Map<String, Integer> columns;
    private final double[] idf;
    private final int rowCount;
    /** Per column, the rows that have the feature, and its weight there. */
    private final int[][] rows;

    private final double[][] weights;

    private FeatureMatrix(TextFeatures features, List<Map<String, Integer>> counted) {
        this.features = features;
        this.rowCount = counted.size();
        TreeMap<String, Integer> frequency = new TreeMap<>();
        counted.forEach(counts -> counts.keySet().forEach(feature -> frequency.merge(feature, 1, Integer::sum)));
        this.columns = new HashMap<>();
        this.idf = new double[frequency.size()];
        this.rows = new int[frequency.size()][];
        this.weights = new double[frequency.size()][];
        frequency.forEach((feature, n) -> {
            int column = columns.size();
            columns.put(feature, column);
            idf[column] = StrictMath.log((1.0 + rowCount) / n);
            rows[column] = new int[n];
            weights[column] = new double[n];
        });
        fill(counted);
    }

    static FeatureMatrix of(List<String> texts, TextFeatures features) {
        return new FeatureMatrix(features, texts.stream().map(features::of).toList());
    }

    /** Similarity of every row with every row: A·Aᵀ. */
    double[][] gram() {
        double[][] gram = new double[rowCount][rowCount];
        for (int column = 0; column < rows.length; column++) {
            for (int i = 0; i < rows[column].length; i++) {
                double[] target = gram[rows[column][i]];
                double weight = weights[column][i];
                for (int j = 0; j < rows[column].length; j++) {
                    target[rows[column][j]] += weight * weights[column][j];
                }
            }
        }
        return gram;
    }

    /** Similarity of {@code text} with every row; features never seen count for nothing. */
    double[] likeness(String text) {
        double[] likeness = new double[rowCount];
        Row row = row(features.of(text));
        for (int cell = 0; cell < row.columns().length; cell++) {
            int column = row.columns()[cell];
            for (int i = 0; i < rows[column].length; i++) {
                likeness[rows[column][i]] += row.weights()[cell] * weights[column][i];
            }
        }
        return likeness;
    }

    private void fill(List<Map<String, Integer>> counted) {
        int[] filled = new int[rows.length];
        for (int number = 0; number < rowCount; number++) {
            Row row = row(counted.get(number));
            for (int cell = 0; cell < row.columns().length; cell++) {
                int column = row.columns()[cell];
                rows[column][filled[column]] = number;
                weights[column][filled[column]++] = row.weights()[cell];
            }
        }
    }

    private Row row(Map<String, Integer> counts) {
        int[] found = new int[counts.size()];
        double[] byColumn = new double[idf.length];
        boolean[] word = new boolean[idf.length];
        int size = 0;
        int wordsInText = 0;
        for (Map.Entry<String, Integer> each : counts.entrySet()) {
            boolean isWord = each.getKey().charAt(0) == TextFeatures.WORD;
            wordsInText += isWord ? 1 : 0;
            Integer column = columns.get(each.getKey());
            if (column != null) {
                found[size++] = column;
                word[column] = isWord;
                byColumn[column] = (1 + StrictMath.log(each.getValue())) * idf[column];
            }
        }
        int[] sorted = Arrays.copyOf(found, size);
        Arrays.sort(sorted);
        return scaled(sorted, byColumn, word, wordsInText);
    }

    private static Row scaled(int[] sorted, double[] byColumn, boolean[] word, int wordsInText) {
        double wordSquares = 0;
        double pieceSquares = 0;
        int knownWords = 0;
        for (int column : sorted) {
            double square = byColumn[column] * byColumn[column];
            wordSquares += word[column] ? square : 0;
            pieceSquares += word[column] ? 0 : square;
            knownWords += word[column] ? 1 : 0;
        }
        // of a text with misspelt words, the few right ones must not outweigh the pieces of the wrong ones
        double wordScale = StrictMath.sqrt(WORD_SHARE * knownWords / Math.max(1, wordsInText) / nonZero(wordSquares));
        double pieceScale = StrictMath.sqrt(PIECE_SHARE / nonZero(pieceSquares));
        double[] weights = new double[sorted.length];
        for (int cell = 0; cell < sorted.length; cell++) {
            weights[cell] = byColumn[sorted[cell]] * (word[sorted[cell]] ? wordScale : pieceScale);
        }
        return new Row(sorted, weights);
    }

    private static double nonZero(double squares) {
        return squares == 0 ? 1 : squares;
    }
}
