package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import java.util.ArrayList;
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

    private final TextFeatures features;
    private final Map<String, Integer> columns;
    private final double[] idf;
    /** Per column, the rows that have the feature and its weight there. */
    private final int[][] rows;

    private final double[][] weights;
    private final int rowCount;

    private FeatureMatrix(TextFeatures features, Map<String, Integer> columns, double[] idf, int[][] rows,
            double[][] weights, int rowCount) {
        this.features = features;
        this.columns = columns;
        this.idf = idf;
        this.rows = rows;
        this.weights = weights;
        this.rowCount = rowCount;
    }

    static FeatureMatrix of(List<String> texts, TextFeatures features) {
        List<Map<String, Integer>> counted = texts.stream().map(features::of).toList();
        TreeMap<String, Integer> frequency = new TreeMap<>();
        counted.forEach(counts -> counts.keySet().forEach(feature -> frequency.merge(feature, 1, Integer::sum)));
        Map<String, Integer> columns = new HashMap<>();
        frequency.keySet().forEach(feature -> columns.put(feature, columns.size()));
        double[] idf = new double[columns.size()];
        frequency.forEach((feature, n) ->
                idf[columns.get(feature)] = StrictMath.log((1.0 + texts.size()) / n));
        FeatureMatrix empty = new FeatureMatrix(features, columns, idf, new int[0][], new double[0][], texts.size());
        return empty.filled(counted);
    }

    private FeatureMatrix filled(List<Map<String, Integer>> counted) {
        List<List<Integer>> rowLists = new ArrayList<>();
        List<List<Double>> weightLists = new ArrayList<>();
        columns.forEach((feature, column) -> {
            rowLists.add(new ArrayList<>());
            weightLists.add(new ArrayList<>());
        });
        for (int row = 0; row < counted.size(); row++) {
            for (Map.Entry<Integer, Double> cell : weighted(counted.get(row)).entrySet()) {
                rowLists.get(cell.getKey()).add(row);
                weightLists.get(cell.getKey()).add(cell.getValue());
            }
        }
        int[][] newRows = rowLists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
        double[][] newWeights = weightLists.stream()
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new);
        return new FeatureMatrix(features, columns, idf, newRows, newWeights, rowCount);
    }

    /** Similarity of every row with every row: A·Aᵀ. */
    double[][] gram() {
        double[][] gram = new double[rowCount][rowCount];
        for (int column = 0; column < rows.length; column++) {
            for (int i = 0; i < rows[column].length; i++) {
                for (int j = 0; j < rows[column].length; j++) {
                    gram[rows[column][i]][rows[column][j]] += weights[column][i] * weights[column][j];
                }
            }
        }
        return gram;
    }

    /** Similarity of {@code text} with every row; features never seen count for nothing. */
    double[] likeness(String text) {
        double[] likeness = new double[rowCount];
        weighted(features.of(text)).forEach((column, weight) -> {
            for (int i = 0; i < rows[column].length; i++) {
                likeness[rows[column][i]] += weight * weights[column][i];
            }
        });
        return likeness;
    }

    Map<String, Integer> vocabulary() {
        return Map.copyOf(columns);
    }

    /** Column to weight, in the order of the columns, so that sums come out the same every time. */
    private TreeMap<Integer, Double> weighted(Map<String, Integer> counts) {
        TreeMap<Integer, Double> words = new TreeMap<>();
        TreeMap<Integer, Double> pieces = new TreeMap<>();
        int allWords = 0;
        for (Map.Entry<String, Integer> each : counts.entrySet()) {
            boolean word = each.getKey().charAt(0) == TextFeatures.WORD;
            allWords += word ? 1 : 0;
            Integer column = columns.get(each.getKey());
            if (column != null) {
                (word ? words : pieces).put(column, (1 + StrictMath.log(each.getValue())) * idf[column]);
            }
        }
        TreeMap<Integer, Double> row = new TreeMap<>();
        // of a text with misspelt words, the few right ones must not outweigh the pieces of the wrong ones
        scaleInto(row, words, WORD_SHARE * words.size() / Math.max(1, allWords));
        scaleInto(row, pieces, PIECE_SHARE);
        return row;
    }

    private static void scaleInto(TreeMap<Integer, Double> row, TreeMap<Integer, Double> block, double share) {
        double norm = StrictMath.sqrt(block.values().stream().mapToDouble(x -> x * x).sum());
        block.forEach((column, weight) -> row.put(column, weight / norm * StrictMath.sqrt(share)));
    }
}
