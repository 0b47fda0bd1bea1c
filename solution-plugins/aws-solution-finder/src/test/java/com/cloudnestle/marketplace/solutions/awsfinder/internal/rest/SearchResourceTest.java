package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.error.FieldError;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchEngine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchResourceTest {

    private static final Catalogue CATALOGUE = CatalogReader.shipped();
    private static final SearchEngine ENGINE = SearchEngine.withBuiltInModel(CATALOGUE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SearchResource resource = new SearchResource(CATALOGUE, ENGINE::search);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void onlySearchingIsMetered() {
        assertThat(Arrays.stream(SearchResource.class.getMethods()).filter(m -> m.isAnnotationPresent(Metered.class)))
                .singleElement().satisfies(method -> {
                    assertThat(method.getName()).isEqualTo("search");
                    assertThat(method.getAnnotation(Metered.class).value()).isEqualTo("search");
                    assertThat(method.getAnnotation(Metered.class).units()).isEqualTo(1);
                });
    }

    @Nested
    class Status200 {

        @Test
        void answersInTheDocumentedShape() throws Exception {
            JsonNode reply = search("{\"query\": \"cheap storage for old files\", \"limit\": 2}");
            assertThat(reply.fieldNames()).toIterable().containsExactlyInAnyOrder("results", "total", "took_ms", "facets");
            assertThat(reply.get("results")).hasSize(2);
            JsonNode first = reply.get("results").get(0);
            assertThat(first.fieldNames()).toIterable().contains("id", "title", "summary", "url", "score", "kind", "category", "services");
            assertThat(first.get("id").textValue()).isEqualTo("s3-glacier");
            assertThat(first.get("url").textValue()).startsWith("https://aws.amazon.com/");
            assertThat(first.get("score").doubleValue()).isBetween(0.1, 1.0);
            assertThat(first.get("services").get(0).get("name").textValue()).isEqualTo("Amazon S3");
        }

        @Test
        void highlightsArePlacesInTheText() throws Exception {
            JsonNode first = search("{\"query\": \"old files\"}").get("results").get(0);
            JsonNode place = first.get("highlights").get("problem").get(0);
            assertThat(first.get("problem").textValue().substring(place.get(0).intValue(), place.get(1).intValue())).isEqualTo("old");
        }

        @Test
        void givesTenUnlessAskedOtherwise() throws Exception {
            assertThat(search("{\"query\": \"storage\"}").get("results")).hasSize(10);
            assertThat(search("{\"query\": \"data\", \"limit\": 50}").get("results")).hasSize(50);
        }

        @Test
        void filtersTakeATextOrSeveral() throws Exception {
            JsonNode one = search("{\"query\": \"storage\", \"filters\": {\"kind\": \"architecture\"}}");
            JsonNode two = search("{\"query\": \"storage\", \"filters\": {\"kind\": [\"architecture\", \"solution\"]}}");
            assertThat(two.get("total").intValue()).isGreaterThan(one.get("total").intValue());
        }

        @Test
        void anUnknownFilterValueGivesAnEmptyList() throws Exception {
            JsonNode reply = search("{\"query\": \"storage\", \"filters\": {\"services\": [\"no-such-service\"]}}");
            assertThat(reply.get("results")).isEmpty();
            assertThat(reply.get("total").intValue()).isZero();
        }

        @Test
        void facetsHaveNamesForPeople() throws Exception {
            assertThat(search("{\"query\": \"object storage\"}").get("facets").get("category").findValuesAsText("name"))
                    .contains("Storage and backup");
        }

        @Test
        void suggestionsExamplesAndItemsAreThere() {
            assertThat(resource.suggest("lamb").get("suggestions")).isNotEmpty();
            assertThat(resource.suggest(null).get("suggestions")).isEmpty();
            assertThat(resource.examples()).containsEntry("items", CATALOGUE.items().size());
            assertThat(resource.item("lambda").title()).isEqualTo("AWS Lambda");
        }
    }

    @Nested
    class Status404 {
        @Test
        void anItemThatDoesNotExist() {
            assertThatThrownBy(() -> resource.item("nothing")).isInstanceOfSatisfying(MarketplaceException.class,
                    e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
        }
    }

    @Nested
    class Status422 {

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"query\": null}", "{\"query\": 5}", "{\"query\": [\"a\"]}", "{\"query\": {}}", "{\"query\": true}",
            "{\"query\": \"\"}", "{\"query\": \"   \"}", "{\"query\": \"\u00a0\u2003\"}", "{\"query\": \"a\\u0000b\"}", "{\"query\": \"a\\nb\"}",
            "{\"query\": \"\\u0085\"}"})
        void aQueryThatIsNoText(String body) {
            refuses(body, "query");
        }

        @Test
        void aQueryOfMoreThan500Characters() throws Exception {
            refuses("{\"query\": \"" + "x".repeat(501) + "\"}", "query");
            refuses("{\"query\": \"" + "x".repeat(10_000) + "\"}", "query");
            assertThat(search("{\"query\": \"" + "storage ".repeat(62) + "abcd\"}").get("results")).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "51", "2.5", "\"10\"", "99999999999999999999", "9223372036854775807", "[]", "true"})
        void aLimitOutOfRange(String limit) {
            refuses("{\"query\": \"storage\", \"limit\": " + limit + "}", "limit");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"kind\"", "[]", "5", "{\"colour\": \"red\"}"})
        void filtersThatAreNone(String filters) {
            refuses("{\"query\": \"storage\", \"filters\": " + filters + "}", "filters");
        }

        @ParameterizedTest
        @ValueSource(strings = {"5", "{}", "[5]", "[null]", "\"\"", "true", "[[\"service\"]]"})
        void aFilterValueOfAWrongType(String value) {
            refuses("{\"query\": \"storage\", \"filters\": {\"kind\": " + value + "}}", "filters.kind");
        }

        @Test
        void noBodyAtAll() {
            assertThatThrownBy(() -> resource.search(null)).isInstanceOf(MarketplaceException.class);
        }

        @Test
        void aBeginningThatIsTooLongOrHasControlCharacters() {
            assertThatThrownBy(() -> resource.suggest("x".repeat(101))).isInstanceOf(MarketplaceException.class);
            assertThatThrownBy(() -> resource.suggest("a\u0007")).isInstanceOf(MarketplaceException.class);
        }

        private void refuses(String body, String field) {
            assertThatThrownBy(() -> search(body)).isInstanceOfSatisfying(MarketplaceException.class, e -> {
                assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD);
                assertThat(e.fieldErrors()).extracting(FieldError::field).containsExactly(field);
            });
        }
    }

    private JsonNode search(String body) throws Exception {
        return JSON.valueToTree(resource.search(JSON.readValue(body, SearchRequest.class)));
    }
}
