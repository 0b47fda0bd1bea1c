package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Latent semantic analysis: a text becomes its position along the main directions in which the texts of the catalogue
 * differ. Computed from the catalogue alone, the same for the same catalogue, with nothing to download.
 *
 * <p>With A the weighted text-by-feature matrix, the eigenvectors U and eigenvalues S² of A·Aᵀ give the projection of a
 * new text q as (q·Aᵀ)·U·S⁻¹. With a few hundred texts that route is exact and costs milliseconds.
 */
public final class LatentSemanticModel implements EmbeddingModel {

    private final FeatureMatrix matrix;
    /** One row per text of the catalogue, one column per direction: U·S⁻¹. */
    private final double[][] projection;

    private final int dimensions;

    private LatentSemanticModel(FeatureMatrix matrix, double[][] projection, int dimensions) {
        this.matrix = matrix;
        this.projection = projection;
        this.dimensions = dimensions;
    }

    /**
     * @param texts what to learn from, at least 2
     * @param maxDimensions directions to keep; fewer when the texts do not have that many
     * @param stems see {@link TextFeatures}
     * @param words see {@link TextFeatures}
     */
    public static LatentSemanticModel learn(List<String> texts, int maxDimensions,
            Function<String, List<String>> stems, Function<String, List<String>> words) {
        FeatureMatrix matrix = FeatureMatrix.of(texts, new TextFeatures(stems, words));
        PrincipalDirections directions = PrincipalDirections.of(matrix.gram(), maxDimensions);
        int kept = directions.count();
        double[][] projection = new double[texts.size()][kept];
        for (int k = 0; k < kept; k++) {
            double scale = 1 / StrictMath.sqrt(directions.eigenvalue(k));
            for (int row = 0; row < projection.length; row++) {
                projection[row][k] = directions.component(k, row) * scale;
            }
        }
        return new LatentSemanticModel(matrix, projection, kept);
    }

    @Override
    public String name() {
        return "lsa-" + dimensions;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public float[] embed(String text) {
        double[] likeness = matrix.likeness(text);
        double[] position = new double[dimensions];
        for (int row = 0; row < likeness.length; row++) {
            if (likeness[row] != 0) {
                for (int k = 0; k < dimensions; k++) {
                    position[k] += likeness[row] * projection[row][k];
                }
            }
        }
        return unit(position);
    }

    private static float[] unit(double[] position) {
        double norm = StrictMath.sqrt(Arrays.stream(position).map(x -> x * x).sum());
        float[] vector = new float[position.length];
        if (norm > 1e-9) {
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float) (position[k] / norm);
            }
        }
        return vector;
    }
}
