package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding.LatentSemanticModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds items of the catalogue by words and by meaning. Immutable once built, thread-safe; close it when replaced. */
public final class SearchEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchEngine.class);

    /** Directions the built-in model keeps. */
    private static final int DIRECTIONS = 128;

    private static final int DEPTH = 100;

    /** Lucene's score for a dot product of 0.18: below, nearness is chance. */
    private static final float NEAR_ENOUGH = (1 + 0.18f) / 2;

    private final Catalogue catalogue;
    private final TextAnalysis analysis;
    private final EmbeddingModel model;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final RankFusion fusion;
    private final Highlighter highlighter;

    private SearchEngine(Catalogue catalogue, TextAnalysis analysis, EmbeddingModel model, RankFusion fusion) {
        this.catalogue = catalogue;
        this.analysis = analysis;
        this.model = model;
        this.fusion = fusion;
        this.reader = CatalogueIndex.build(catalogue, analysis, model);
        this.searcher = new IndexSearcher(reader);
        this.highlighter = new Highlighter(catalogue.items(), analysis);
        searcher.setSimilarity(CatalogueIndex.similarity());
        searcher.setQueryCache(null);
    }

    /** An engine with the built-in model, learned from the catalogue. */
    public static SearchEngine withBuiltInModel(Catalogue catalogue) {
        return withBuiltInModel(catalogue, RankFusion.DEFAULT);
    }

    static SearchEngine withBuiltInModel(Catalogue catalogue, RankFusion fusion) {
        TextAnalysis analysis = new TextAnalysis(Synonyms.shipped());
        List<String> texts = catalogue.items().stream().map(CatalogueIndex::embeddingText).toList();
        EmbeddingModel model = LatentSemanticModel.learn(texts, DIRECTIONS, analysis::stems, analysis::plainWords);
        return new SearchEngine(catalogue, analysis, model, fusion);
    }

    /** An engine with somebody else's model, which is asked once for every item. */
    public static SearchEngine withModel(Catalogue catalogue, EmbeddingModel model) {
        return withModel(catalogue, model, RankFusion.DEFAULT);
    }

    static SearchEngine withModel(Catalogue catalogue, EmbeddingModel model, RankFusion fusion) {
        return new SearchEngine(catalogue, new TextAnalysis(Synonyms.shipped()), model, fusion);
    }

    public String modelName() {
        return model.name();
    }

    public SearchOutcome search(SearchQuery query) {
        try {
            List<TextAnalysis.Word> words = analysis.queryWords(query.text());
            Query filter = filter(query.filters());
            Ranking lexical = LexicalSearch.rank(searcher, query.text(), words, DEPTH, filter);
            Ranking vector = nearest(query.text(), filter);
            List<RankFusion.Fused> fused = fusion.fuse(lexical, vector);
            List<CatalogItem> all = fused.stream().map(each -> catalogue.items().get(each.item())).toList();
            return new SearchOutcome(hits(fused, words, query.limit()), fused.size(), Facets.of(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            analysis.close();
        }
    }

    private Ranking nearest(String text, @Nullable Query filter) throws IOException {
        float[] vector = embedded(text);
        if (!CatalogueIndex.hasDirection(vector)) {
            return Ranking.EMPTY;
        }
        Query query = new KnnFloatVectorQuery(CatalogueIndex.VECTOR, vector, DEPTH, filter);
        List<Integer> items = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, DEPTH).scoreDocs) {
            if (hit.score >= NEAR_ENOUGH) {
                items.add(hit.doc);
                scores.add(hit.score);
            }
        }
        return new Ranking(items, scores);
    }

    /** A foreign model may fail at any time; the words alone still find something. */
    private float[] embedded(String text) {
        try {
            float[] vector = model.embed(text);
            if (vector.length == model.dimensions()) {
                return vector;
            }
            LOG.warn("searching without vectors, wrong length model={} expected={} was={}", model.name(), model.dimensions(),
                    vector.length);
        } catch (RuntimeException e) {
            LOG.warn("searching without vectors, the embedding model failed model={}", model.name(), e);
        }
        return new float[0];
    }

    private List<Hit> hits(List<RankFusion.Fused> fused, List<TextAnalysis.Word> words, int limit) {
        Set<String> stems = words.stream().map(TextAnalysis.Word::stem).collect(Collectors.toSet());
        return fused.stream().limit(limit).map(each -> {
            Highlighter.Marks marks = highlighter.marks(each.item(), stems);
            return new Hit(catalogue.items().get(each.item()), each.score(), marks.title(), marks.problem(), marks.summary());
        }).toList();
    }

    private static @Nullable Query filter(Filters filters) {
        if (filters.equals(Filters.NONE)) {
            return null;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        require(all, CatalogueIndex.KIND, filters.kinds());
        require(all, CatalogueIndex.CATEGORY, filters.categories());
        require(all, CatalogueIndex.SERVICES, filters.services());
        return all.build();
    }

    private static void require(BooleanQuery.Builder all, String field, Set<String> values) {
        if (!values.isEmpty()) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            values.forEach(value -> any.add(new TermQuery(new Term(field, value)), Occur.SHOULD));
            all.add(any.build(), Occur.MUST);
        }
    }
}
