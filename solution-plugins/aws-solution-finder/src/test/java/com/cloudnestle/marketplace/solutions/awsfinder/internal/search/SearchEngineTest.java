package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchOutcome.FacetCount;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEngineTest {

    private static final Catalogue CATALOGUE = CatalogReader.shipped();
    private static final SearchEngine ENGINE = SearchEngine.withBuiltInModel(CATALOGUE);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @ParameterizedTest
    @CsvSource({"s3,s3", "Amazon S3,s3", "amazon  s3,s3", "ECS,ecs", "lambda,lambda", "AWS Backup,backup", "batch,batch",
        "Saga pattern,arch-saga", "Instance Scheduler on AWS,sol-instance-scheduler", "dynamodb,dynamodb"})
    void aNameFindsTheThingItself(String name, String id) {
        assertThat(ids(name)).first().isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"kuberntes,eks", "kubernetis clustr,eks", "dynamo db,dynamodb", "postgress,rds", "clodfront,cloudfront", "elasticsearh,opensearch"})
    void aTypoFindsWhatWasMeant(String typo, String id) {
        assertThat(ids(typo)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*:*", "name:s3 AND (", "+storage -files", "\"unclosed", "storage~2^9 OR [a TO z]", "a\\", "/.*/", "{!func}", "&& || !",
        "<script>alert(1)</script>", "' OR 1=1 --", "ключ 鍵 🔑 مفتاح", "\ud800", "???"})
    void nothingInAQueryIsSyntax(String text) {
        assertThat(search(text, Filters.NONE).hits()).allSatisfy(hit -> assertThat(hit.score()).isBetween(0.0, 1.0));
    }

    @Test
    void syntaxCharactersChangeNothing() {
        assertThat(ids("+cheap -storage (\"files\")~")).isEqualTo(ids("cheap storage files"));
        assertThat(ids("name:storage")).isEqualTo(ids("name storage"));
    }

    @Test
    void nonsenseFindsNothing() {
        SearchOutcome outcome = search("qqxz vvkj", Filters.NONE);
        assertThat(outcome.hits()).isEmpty();
        assertThat(outcome.total()).isZero();
    }

    @Test
    void everyKindCategoryAndServiceAskedForHolds() {
        Filters filters = new Filters(Set.of("architecture", "solution"), Set.of("networking", "integration"), Set.of("lambda"));
        SearchOutcome outcome = search("protect and connect events", filters);
        assertThat(outcome.hits()).isNotEmpty().allSatisfy(hit -> {
            assertThat(hit.item().kind().wire()).isNotEqualTo("service");
            assertThat(hit.item().category()).isIn("networking", "integration");
            assertThat(hit.item().services()).contains("lambda");
        });
    }

    @Test
    void aServiceCountsAsUsingItself() {
        assertThat(ids("run code", new Filters(Set.of("service"), Set.of(), Set.of("lambda")))).contains("lambda");
    }

    @Test
    void anUnknownFilterValueFindsNothing() {
        assertThat(search("storage", new Filters(Set.of("planet"), Set.of(), Set.of())).total()).isZero();
    }

    @Test
    void filteringFindsWhatIsFarDownWithoutTheFilter() {
        assertThat(ids("storage", new Filters(Set.of("architecture"), Set.of(), Set.of()))).isNotEmpty()
                .allMatch(id -> id.startsWith("arch-"));
    }

    @Test
    void givesNoMoreThanAskedForAndCountsAll() {
        SearchOutcome outcome = ENGINE.search(new SearchQuery("storage", 3, Filters.NONE));
        assertThat(outcome.hits()).hasSize(3);
        assertThat(outcome.total()).isGreaterThan(3);
        assertThat(sum(outcome.facets().get("kind"))).isEqualTo(outcome.total());
        assertThat(sum(outcome.facets().get("category"))).isEqualTo(outcome.total());
    }

    @Test
    void scoresFallAndIdsAreUnique() {
        List<Hit> hits = search("keep data safe", Filters.NONE).hits();
        assertThat(hits).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(hits).extracting(hit -> hit.item().id()).doesNotHaveDuplicates();
    }

    @Test
    void marksTheWordsOfTheQueryInTheirInflections() {
        Hit hit = search("archiving old file", Filters.NONE).hits().stream()
                .filter(each -> each.item().id().equals("s3-glacier")).findFirst().orElseThrow();
        assertThat(marked(hit.item().problem(), hit.problem())).contains("old", "files");
        assertThat(marked(hit.item().summary(), hit.summary())).contains("archives");
    }

    @Test
    void marksWhatASynonymFound() {
        Hit hit = search("k8s", Filters.NONE).hits().get(0);
        assertThat(marked(hit.item().summary(), hit.summary())).contains("Kubernetes");
    }

    @Test
    void searchesByWordsWhenAForeignModelFails() {
        try (SearchEngine engine = SearchEngine.withModel(CATALOGUE, new FlakyModel())) {
            assertThat(engine.search(new SearchQuery("kubernetes", 5, Filters.NONE)).hits()).first()
                    .extracting(hit -> hit.item().id()).isEqualTo("eks");
        }
    }

    private static int sum(List<FacetCount> counts) {
        return counts.stream().mapToInt(FacetCount::count).sum();
    }

    private static List<String> marked(String text, List<Span> spans) {
        return spans.stream().map(span -> text.substring(span.start(), span.end())).toList();
    }

    private static List<String> ids(String text) {
        return ids(text, Filters.NONE);
    }

    private static List<String> ids(String text, Filters filters) {
        return search(text, filters).hits().stream().map(hit -> hit.item().id()).toList();
    }

    private static SearchOutcome search(String text, Filters filters) {
        return ENGINE.search(new SearchQuery(text, 10, filters));
    }

    /** Answers for the catalogue, fails for queries. */
    private static final class FlakyModel implements EmbeddingModel {
        @Override
        public String name() {
            return "flaky";
        }

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public float[] embed(String text) {
            if (text.length() < 60) {
                throw new IllegalStateException("no connection");
            }
            return new float[] {1, 0};
        }
    }
}
