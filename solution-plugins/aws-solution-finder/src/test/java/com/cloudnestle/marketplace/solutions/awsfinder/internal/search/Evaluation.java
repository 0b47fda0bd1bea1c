package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How good the search is, over the queries of {@code evaluation.tsv}. Run as a program it prints a table and the
 * queries that fail, and measures the time of one search.
 */
final class Evaluation {

    record Judged(String query, Set<String> answers) {}

    /** @param hitAt1 share of queries with an answer in first place; the others alike. @param mrr mean reciprocal rank, of the first 10 */
    record Quality(double hitAt1, double hitAt5, double mrr, List<String> misses) {}

    private Evaluation() {}

    static List<Judged> queries() {
        try (InputStream in = Evaluation.class.getResourceAsStream("/evaluation.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t"))
                    .map(parts -> new Judged(parts[0], Set.of(parts[1].split(","))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Quality of(SearchEngine engine, List<Judged> queries) {
        int first = 0;
        int five = 0;
        double reciprocal = 0;
        List<String> misses = new ArrayList<>();
        for (Judged judged : queries) {
            List<String> ids = engine.search(new SearchQuery(judged.query(), 10, Filters.NONE)).hits().stream()
                    .map(hit -> hit.item().id()).toList();
            int rank = 1;
            while (rank <= ids.size() && !judged.answers().contains(ids.get(rank - 1))) {
                rank++;
            }
            first += rank == 1 ? 1 : 0;
            five += rank <= Math.min(5, ids.size()) ? 1 : 0;
            reciprocal += rank <= ids.size() ? 1.0 / rank : 0;
            if (rank > Math.min(3, ids.size())) {
                misses.add(judged.query() + " -> " + judged.answers() + " at " + rank + ", got " + ids.stream().limit(5).toList());
            }
        }
        double n = queries.size();
        return new Quality(first / n, five / n, reciprocal / n, misses);
    }

    public static void main(String[] args) {
        Catalogue catalogue = CatalogReader.shipped();
        List<Judged> queries = queries();
        String[] modes = args.length > 0 ? args : new String[] {"1,0,10", "0,1,10", "1,0.7,10", "1,1,10", "1,0.5,10", "1,1,5", "1,1,20", "1,1,60"};
        System.out.printf(Locale.ROOT, "%d items, %d queries%n%-14s %6s %6s %6s%n", catalogue.items().size(), queries.size(), "weights", "hit@1", "hit@5", "MRR");
        for (String mode : modes) {
            double[] w = Arrays.stream(mode.split(",")).mapToDouble(Double::parseDouble).toArray();
            try (SearchEngine engine = SearchEngine.withBuiltInModel(catalogue, new RankFusion(w[0], w[1], w[2]))) {
                Quality quality = of(engine, queries);
                System.out.printf(Locale.ROOT, "%-14s %6.3f %6.3f %6.3f%n", mode, quality.hitAt1(), quality.hitAt5(), quality.mrr());
                if (args.length == 1) {
                    quality.misses().forEach(System.out::println);
                    time(engine, queries);
                }
            }
        }
    }

    private static void time(SearchEngine engine, List<Judged> queries) {
        List<Long> nanos = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuStart = 0;
        for (int round = 0; round < 60; round++) {
            cpuStart = round == 30 ? threads.getCurrentThreadCpuTime() : cpuStart;
            for (Judged judged : queries) {
                long start = System.nanoTime();
                engine.search(new SearchQuery(judged.query(), 10, Filters.NONE));
                if (round >= 30) {
                    nanos.add(System.nanoTime() - start);
                }
            }
        }
        double cpu = threads.getCurrentThreadCpuTime() - cpuStart;
        nanos.sort(null);
        System.out.printf(Locale.ROOT, "one search: p50 %.3f ms, p99 %.3f ms, processor time %.3f ms (%d timed)%n",
                nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 99 / 100) / 1e6, cpu / nanos.size() / 1e6, nanos.size());
    }
}
