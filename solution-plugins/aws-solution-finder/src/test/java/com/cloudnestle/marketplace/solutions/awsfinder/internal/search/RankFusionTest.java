package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.RankFusion.Fused;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class RankFusionTest {

    private final RankFusion fusion = new RankFusion(1, 1, 10);

    @Test
    void firstEverywhereScoresOne() {
        assertThat(fusion.fuse(ranking(7, 1), ranking(7, 2))).first().isEqualTo(new Fused(7, 1));
    }

    @Test
    void inBothListsBeatsFirstInOne() {
        assertThat(fusion.fuse(ranking(1, 2), ranking(3, 2))).first().extracting(Fused::item).isEqualTo(2);
    }

    @Test
    void scoresAreSumsOfReciprocalRanks() {
        Fused second = fusion.fuse(ranking(1, 2), Ranking.EMPTY).get(1);
        assertThat(second.score()).isCloseTo((1.0 / 12) / (2.0 / 11), within(1e-12));
    }

    @Test
    void weightZeroLeavesAListOut() {
        assertThat(new RankFusion(1, 0, 10).fuse(ranking(1), ranking(2))).extracting(Fused::item).containsExactly(1);
    }

    @Test
    void equalScoresComeInTheOrderOfTheCatalogue() {
        assertThat(fusion.fuse(ranking(9), ranking(4))).extracting(Fused::item).containsExactly(4, 9);
    }

    private static Ranking ranking(Integer... items) {
        return new Ranking(Arrays.asList(items), Collections.nCopies(items.length, 1f));
    }
}
