package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding.LatentSemanticModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Evaluation.Judged;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The graph search must find what comparing with every single item finds. */
class VectorRecallTest {

    private static final Catalogue CATALOGUE = CatalogReader.shipped();

    private final TextAnalysis analysis = analysis();
    private final EmbeddingModel model = LatentSemanticModel.learn(
            CATALOGUE.items().stream().map(CatalogueIndex::embeddingText).toList(), 128, analysis::stems, analysis::plainWords);
    private final List<float[]> vectors = CATALOGUE.items().stream().map(item -> model.embed(CatalogueIndex.embeddingText(item))).toList();

    @Test
    void theGraphFindsTheTrueNeighbours() {
        assertThat(recall(Filters.NONE, item -> true)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void filteredSearchIsExact() {
        Filters solutions = new Filters(Set.of("solution"), Set.of(), Set.of());
        assertThat(recall(solutions, item -> item.kind().wire().equals("solution"))).isEqualTo(1.0);
    }

    private double recall(Filters filters, Predicate<CatalogItem> allowed) {
        int wanted = 0;
        int found = 0;
        try (SearchEngine engine = SearchEngine.withModel(CATALOGUE, model, new RankFusion(0, 1, 10))) {
            for (Judged judged : Evaluation.queries()) {
                List<String> got = engine.search(new SearchQuery(judged.query(), 10, filters)).hits().stream()
                        .map(hit -> hit.item().id()).toList();
                List<String> expected = exact(judged.query(), allowed).subList(0, got.size());
                wanted += expected.size();
                found += (int) expected.stream().filter(got::contains).count();
            }
        }
        assertThat(wanted).isGreaterThan(100);
        return (double) found / wanted;
    }

    private List<String> exact(String query, Predicate<CatalogItem> allowed) {
        float[] vector = model.embed(query);
        record Scored(String id, double score) {}
        return IntStream.range(0, vectors.size())
                .filter(i -> allowed.test(CATALOGUE.items().get(i)))
                .mapToObj(i -> new Scored(CATALOGUE.items().get(i).id(), dot(vector, vectors.get(i))))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(Scored::id)
                .toList();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static TextAnalysis analysis() {
        try {
            return new TextAnalysis(Synonyms.of(List.of("k8s, kubernetes")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
