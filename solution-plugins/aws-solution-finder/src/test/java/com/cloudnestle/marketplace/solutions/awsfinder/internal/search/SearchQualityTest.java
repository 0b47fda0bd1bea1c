package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Evaluation.Judged;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Evaluation.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Floors just below what was reached when the weights were chosen; a query more or less is worth 0.01. */
class SearchQualityTest {

    private static final Catalogue CATALOGUE = CatalogReader.shipped();
    private static final List<Judged> QUERIES = Evaluation.queries();

    private final Quality fused = quality(RankFusion.DEFAULT);

    @Test
    void theJudgementsNameItemsThatExist() {
        assertThat(QUERIES).hasSizeGreaterThanOrEqualTo(60).allSatisfy(judged -> assertThat(judged.answers())
                .as(judged.query()).allMatch(id -> CATALOGUE.find(id).isPresent()));
    }

    @Test
    void findsAnAnswerAmongTheFirstFiveForNearlyEveryQuestion() {
        assertThat(fused.hitAt5()).as("%s", fused.misses()).isGreaterThanOrEqualTo(0.94);
        assertThat(fused.mrr()).as("%s", fused.misses()).isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void fusionIsNoWorseThanTheBetterOfItsParts() {
        Quality words = quality(new RankFusion(1, 0, RankFusion.DEFAULT.k()));
        Quality meaning = quality(new RankFusion(0, 1, RankFusion.DEFAULT.k()));
        double noise = 2.0 / QUERIES.size();
        assertThat(fused.mrr()).isGreaterThanOrEqualTo(Math.max(words.mrr(), meaning.mrr()) - noise);
        assertThat(fused.hitAt5()).isGreaterThanOrEqualTo(Math.max(words.hitAt5(), meaning.hitAt5()) - noise);
    }

    private static Quality quality(RankFusion fusion) {
        try (SearchEngine engine = SearchEngine.withBuiltInModel(CATALOGUE, fusion)) {
            return Evaluation.of(engine, QUERIES);
        }
    }
}
