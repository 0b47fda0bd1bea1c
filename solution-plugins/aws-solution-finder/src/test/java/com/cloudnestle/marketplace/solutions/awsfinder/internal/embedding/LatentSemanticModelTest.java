package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LatentSemanticModelTest {

    private static final List<String> TEXTS = List.of(
            "kubernetes cluster for containers", "docker containers without servers", "object storage bucket for files",
            "archive storage for old files", "sql database with backups", "document database for json");

    private final LatentSemanticModel model = learn(TEXTS);

    @Test
    void theSameCatalogueGivesTheSameVectorsBitForBit() {
        assertThat(learn(TEXTS).embed("storage for files")).isEqualTo(model.embed("storage for files"));
    }

    @Test
    void vectorsHaveLengthOne() {
        float[] vector = model.embed("database for files");
        double norm = 0;
        for (float x : vector) {
            norm += x * x;
        }
        assertThat(vector).hasSize(model.dimensions());
        assertThat(norm).isCloseTo(1, within(1e-5));
    }

    @Test
    void aMisspeltWordLiesNearestToTheTextItMeans() {
        assertThat(nearest("kuberntes")).isEqualTo(0);
        assertThat(nearest("archve")).isEqualTo(3);
        assertThat(nearest("jsn documnt")).isEqualTo(5);
    }

    @Test
    void aTextWithNothingInCommonIsAllZeros() {
        assertThat(model.embed("žžž ???")).containsOnly(0f);
        assertThat(model.embed("")).containsOnly(0f);
    }

    @Test
    void neverKeepsMoreDirectionsThanThereAre() {
        assertThat(model.dimensions()).isEqualTo(TEXTS.size());
        assertThat(learn(List.of("same words", "same words")).dimensions()).isEqualTo(1);
    }

    @Test
    void aTextOfTheCatalogueProjectsOntoItselfExactly() {
        // with all directions kept, the projection keeps every similarity: cosines equal those of the feature rows
        FeatureMatrix matrix = FeatureMatrix.of(TEXTS, new TextFeatures(LatentSemanticModelTest::words, LatentSemanticModelTest::words));
        double expected = matrix.gram()[0][1];
        assertThat(cosine(model.embed(TEXTS.get(0)), model.embed(TEXTS.get(1)))).isCloseTo(expected, within(1e-5));
    }

    private int nearest(String text) {
        float[] vector = model.embed(text);
        int best = 0;
        for (int i = 1; i < TEXTS.size(); i++) {
            if (cosine(vector, model.embed(TEXTS.get(i))) > cosine(vector, model.embed(TEXTS.get(best)))) {
                best = i;
            }
        }
        return best;
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static LatentSemanticModel learn(List<String> texts) {
        return LatentSemanticModel.learn(texts, 100, LatentSemanticModelTest::words, LatentSemanticModelTest::words);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z]+")).filter(word -> !word.isEmpty()).toList();
    }
}
