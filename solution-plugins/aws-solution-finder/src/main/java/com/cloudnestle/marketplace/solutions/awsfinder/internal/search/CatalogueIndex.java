package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Kind;
import java.io.IOException;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The catalogue as a Lucene index in memory: one segment, in the order of the catalogue, so that a Lucene document
 * number is the position of the item in it.
 */
final class CatalogueIndex {

    static final String NAME = "name";
    static final String KEYWORDS = "keywords";
    static final String PROBLEM = "problem";
    static final String SUMMARY = "summary";
    static final String PARTS = "parts";
    static final String EXACT = "exact";
    static final String KIND = "kind";
    static final String CATEGORY = "category";
    static final String SERVICES = "services";
    static final String VECTOR = "vector";

    private CatalogueIndex() {}

    /** Reads nothing from disk and starts no thread; the reader owns the memory. */
    static DirectoryReader build(Catalogue catalogue, TextAnalysis analysis, EmbeddingModel model) {
        IndexWriterConfig config = new IndexWriterConfig(analysis.stemmed())
                .setSimilarity(similarity())
                .setMergeScheduler(new SerialMergeScheduler())
                .setUseCompoundFile(false);
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (CatalogItem item : catalogue.items()) {
                writer.addDocument(document(item, catalogue, model));
            }
            writer.forceMerge(1);
            writer.commit();
            return DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new IllegalStateException("the search index cannot be built", e);
        }
    }

    /** Entries are all about as long, so length counts for less than in prose. */
    static BM25Similarity similarity() {
        return new BM25Similarity(1.2f, 0.5f);
    }

    /** What the model gets to read of an item; the name and the keywords say most, so they come twice. */
    static String embeddingText(CatalogItem item) {
        String keywords = String.join("; ", item.keywords());
        return item.name() + ". " + item.problem() + " " + item.summary() + " " + keywords + ". " + item.name() + "; " + keywords;
    }

    /** The form in which a whole query is compared with names: "Amazon S3" and "s3" are the same. */
    static String exactForm(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceFirst("^(amazon|aws) +", "").replaceAll(" +", " ");
    }

    private static Document document(CatalogItem item, Catalogue catalogue, EmbeddingModel model) {
        Document document = new Document();
        text(document, NAME, item.name());
        item.keywords().forEach(keyword -> text(document, KEYWORDS, keyword));
        text(document, PROBLEM, item.problem());
        text(document, SUMMARY, item.summary());
        item.services().forEach(service -> text(document, PARTS, catalogue.nameOf(service)));
        exact(document, EXACT, exactForm(item.name()));
        exact(document, EXACT, item.id());
        exact(document, KIND, item.kind().wire());
        exact(document, CATEGORY, item.category());
        item.services().forEach(service -> exact(document, SERVICES, service));
        if (item.kind() == Kind.SERVICE) {
            exact(document, SERVICES, item.id());
        }
        float[] vector = model.embed(embeddingText(item));
        if (hasDirection(vector)) {
            document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        }
        return document;
    }

    /** Whether a model had anything to say. */
    static boolean hasDirection(float[] vector) {
        for (float x : vector) {
            if (x != 0) {
                return true;
            }
        }
        return false;
    }

    private static void text(Document document, String field, String value) {
        document.add(new TextField(field, value, Field.Store.NO));
    }

    private static void exact(Document document, String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }
}
