package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** The ranking by words: BM25 over the fields of an item, each worth more or less. */
final class LexicalSearch {

    private static final Map<String, Float> FIELDS = Map.of(
            CatalogueIndex.NAME, 3f,
            CatalogueIndex.KEYWORDS, 2.5f,
            CatalogueIndex.PROBLEM, 1.6f,
            CatalogueIndex.SUMMARY, 1f,
            CatalogueIndex.PARTS, 0.25f);

    /** How much the second-best field of a word adds. */
    private static final float TIE = 0.1f;

    private static final float SYNONYM = 0.4f;
    private static final float WHOLE_NAME = 30f;

    /** Items that reach less than this share of the best one's score only share a common word with the query. */
    private static final float LEAST_SHARE = 0.2f;

    private LexicalSearch() {}

    static Ranking rank(IndexSearcher searcher, String text, List<TextAnalysis.Word> words, int depth, @Nullable Query filter)
            throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        weights(words).forEach((stem, weight) -> query.add(anyField(stem, weight), Occur.SHOULD));
        Term whole = new Term(CatalogueIndex.EXACT, CatalogueIndex.exactForm(text));
        query.add(new BoostQuery(new ConstantScoreQuery(new TermQuery(whole)), WHOLE_NAME), Occur.SHOULD);
        query.setMinimumNumberShouldMatch(1);
        if (filter != null) {
            query.add(filter, Occur.FILTER);
        }
        List<Integer> items = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query.build(), depth).scoreDocs) {
            if (!scores.isEmpty() && hit.score < scores.get(0) * LEAST_SHARE) {
                break;
            }
            items.add(hit.doc);
            scores.add(hit.score);
        }
        return new Ranking(items, scores);
    }

    private static Map<String, Float> weights(List<TextAnalysis.Word> words) {
        Map<String, Float> weights = new LinkedHashMap<>();
        words.forEach(word -> weights.merge(word.stem(), word.added() ? SYNONYM : 1f, Math::max));
        return weights;
    }

    private static Query anyField(String stem, float weight) {
        List<Query> fields = new ArrayList<>();
        FIELDS.forEach((field, boost) -> fields.add(new BoostQuery(new TermQuery(new Term(field, stem)), boost * weight)));
        return new DisjunctionMaxQuery(fields, TIE);
    }
}
