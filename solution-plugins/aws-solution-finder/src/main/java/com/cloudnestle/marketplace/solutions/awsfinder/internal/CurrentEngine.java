package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchEngine;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchOutcome;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchQuery;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine in use. It is exchanged when an embedding model comes or goes; searches in flight finish on the old one.
 * The built-in model stands in whenever the offered one cannot be used.
 */
final class CurrentEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentEngine.class);

    private final Catalogue catalogue;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private SearchEngine engine;
    private @Nullable EmbeddingModel foreign;

    CurrentEngine(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.engine = built(() -> SearchEngine.withBuiltInModel(catalogue));
    }

    SearchOutcome search(SearchQuery query) {
        lock.readLock().lock();
        try {
            return engine.search(query);
        } finally {
            lock.readLock().unlock();
        }
    }

    String modelName() {
        lock.readLock().lock();
        try {
            return engine.modelName();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Builds an index with {@code model}; keeps the present one if that fails. */
    synchronized void use(EmbeddingModel model) {
        try {
            exchange(built(() -> SearchEngine.withModel(catalogue, model)));
            foreign = model;
        } catch (RuntimeException e) {
            LOG.error("embedding model not usable, keeping the present one model={} present={}", model.name(), modelName(), e);
        }
    }

    synchronized void drop(EmbeddingModel model) {
        if (model == foreign) {
            foreign = null;
            exchange(built(() -> SearchEngine.withBuiltInModel(catalogue)));
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            engine.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void exchange(SearchEngine next) {
        lock.writeLock().lock();
        try {
            engine.close();
            engine = next;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private SearchEngine built(Supplier<SearchEngine> build) {
        long start = System.nanoTime();
        SearchEngine next = build.get();
        LOG.info("search index built entries={} model={} millis={}", catalogue.items().size(), next.modelName(),
                (System.nanoTime() - start) / 1_000_000);
        return next;
    }
}
