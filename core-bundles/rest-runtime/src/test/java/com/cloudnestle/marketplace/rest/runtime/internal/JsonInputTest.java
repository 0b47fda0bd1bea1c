package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInputTest {

    private final TestServer server = new TestServer();

    enum Kind {
        SERVICE,
        SOLUTION
    }

    record Filter(Kind kind, List<String> words) {}

    record Search(String query, Integer limit, Boolean exact, Double weight, Filter filter, long units) {
        Search {
            if (units < 0) {
                throw MarketplaceException.invalid("units", "must not be negative");
            }
            if ("iae".equals(query)) {
                throw new IllegalArgumentException("com.example.Secret");
            }
        }
    }

    record Found(String query, Optional<Integer> limit, Instant at) {}

    @Path("/")
    @Produces("application/json")
    @Consumes("application/json")
    public static final class Searching {
        @POST
        @Path("search")
        public Found search(Search search) {
            return new Found(search.query(), Optional.ofNullable(search.limit()), Instant.EPOCH);
        }

        @POST
        @Path("map")
        public Map<String, Object> map(Map<String, Object> any) {
            return any;
        }

        @DELETE
        @Path("search")
        public Map<String, Boolean> delete(@Nullable Search search) {
            return Map.of("body", search != null);
        }
    }

    @BeforeEach
    void mount() {
        server.mount("/api", new Searching());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void readsRecordsAndIgnoresAddedFields() throws Exception {
        HttpResponse<String> answer = server.post("/api/search",
                "{\"query\":\"é✓😀\",\"limit\":3,\"added\":{\"later\":[1]},\"filter\":{\"kind\":\"SERVICE\",\"words\":[\"a\"]}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"query\":\"é✓😀\",\"limit\":3,\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"query\":}", "nonsense", "{\"query\":\"a\" \"b\"}", "{'query':1}", "{\"query\":\"a\nb\"}",
        "{\"filter\":{\"words\":[}}", "{\"a\":1}{\"b\":2}", "{\"query\":\"a\",\"query\":\"b\"}", "{\"filter\":{\"words\":[\"a\",\"b\"", "NaN"})
    void refusesMalformedJsonWithThePlace(String body) throws Exception {
        HttpResponse<String> answer = server.post("/api/search", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"malformed-json\"").containsPattern("line \\d+, column \\d+")
                .doesNotContain("com.", "java.", "Exception", "jackson");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"limit\":\"many\"}|limit|a whole number",
        "{\"limit\":\"3\"}|limit|a whole number",
        "{\"limit\":1.5}|limit|a whole number",
        "{\"query\":5}|query|text",
        "{\"query\":true}|query|text",
        "{\"query\":{\"a\":1}}|query|text",
        "{\"exact\":\"yes\"}|exact|true or false",
        "{\"exact\":1}|exact|true or false",
        "{\"weight\":[]}|weight|a number",
        "{\"filter\":\"x\"}|filter|an object",
        "{\"filter\":{\"kind\":\"OTHER\"}}|filter.kind|one of the documented values",
        "{\"filter\":{\"kind\":1}}|filter.kind|one of the documented values",
        "{\"filter\":{\"words\":\"x\"}}|filter.words|a list",
        "{\"filter\":{\"words\":[\"a\",7]}}|filter.words[1]|text",
        "{\"units\":99999999999999999999}|units|too large",
        "{\"limit\":2147483648}|limit|too large",
        "{\"units\":-1}|units|negative",
        "[1]|body|an object",
        "\"x\"|body|an object"})
    void namesTheFieldOfTheWrongType(String body, String field, String expected) throws Exception {
        HttpResponse<String> answer = server.post("/api/search", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"invalid-field\"", "\"field\":\"" + field + "\"", expected)
                .doesNotContain("com.", "java.", "Exception");
    }

    @Test
    void hidesWhatARequestRecordThrows() throws Exception {
        HttpResponse<String> answer = server.post("/api/map", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);

        HttpResponse<String> refused = server.post("/api/search", "{\"query\":\"iae\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).doesNotContain("Secret");
    }

    @Test
    void limitsNesting() throws Exception {
        assertThat(server.post("/api/map", "{\"a\":" + "[".repeat(30) + "]".repeat(30) + "}").statusCode()).isEqualTo(200);

        for (String path : List.of("/api/map", "/api/search")) {
            HttpResponse<String> answer = server.post(path, "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("malformed-json", "nested deeper than 32");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "  "})
    void refusesAPostWithoutABody(String body) throws Exception {
        HttpResponse<String> answer = server.post("/api/search", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed-json");
    }

    @Test
    void givesNullToADeleteWithoutABody() throws Exception {
        assertThat(server.send(server.request("/api/search").DELETE()).body()).isEqualTo("{\"body\":false}");
        assertThat(server.send(server.request("/api/search").header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString("{}"))).body()).isEqualTo("{\"body\":true}");
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        byte[] bytes = "{\"query\":\"??\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xfe;

        HttpResponse<String> answer = server.send(server.request("/api/search").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(bytes)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed-json");
    }
}
