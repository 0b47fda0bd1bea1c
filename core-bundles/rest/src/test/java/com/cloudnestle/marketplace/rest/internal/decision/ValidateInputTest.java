package com.cloudnestle.marketplace.rest.internal.decision;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /api/validate-solution-token} refuses to read, over HTTP. Nothing of it counts. */
class ValidateInputTest {

    private static final String PATH = "/api/validate-solution-token";
    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = new TestServer()
            .with(new ValidateServlet(Resources.decisions(SERVICES), SERVICES.clock), PATH, "/api/validate-token", "/quota/validate");

    private final Http http = SERVER.http();
    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    private String body(String more) {
        return "{\"token\":\"" + token + "\",\"solution_id\":\"" + FINDER + "\"" + more + "}";
    }

    private Answer validate(String more) {
        return http.post(PATH, body(more));
    }

    @Nested
    class BadRequest400 {

        @ParameterizedTest
        @ValueSource(strings = {"{", "", "not json", "{\"token\":}", "{\"a\":1} {\"b\":2}", "{\"a\":1}x", "{'a':1}", "{\"a\":NaN}"})
        void refusesWhatIsNoJson(String body) {
            Answer answer = http.post(PATH, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("malformed-json");
            assertThat(answer.text()).doesNotContain("com.", "jackson", "Exception");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n}\r\n0\r\n\r\n", "Content-Length: 500\r\n\r\n{}"})
        void saysThatABodyBrokeOff(String lengthAndBody) throws IOException {
            String answer = http.raw("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + lengthAndBody);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
        }

        @Test
        void saysWhere() {
            assertThat(http.post(PATH, "{\n  \"token\": tru }").json().path("detail").asText()).contains("line 2");
        }

        @Test
        void refusesDeepNesting() {
            String deep = "{\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}";

            assertThat(http.post(PATH, deep).code()).isEqualTo("malformed-json");
        }

        @Test
        void refusesDuplicateKeysAlsoInUnknownObjects() {
            assertThat(validate(",\"token\":\"x\"").code()).isEqualTo("malformed-json");
            assertThat(validate(",\"x\":{\"a\":1,\"a\":2}").code()).isEqualTo("malformed-json");
            assertThat(validate(",\"check_only\":true").json().path("quota_remaining").asLong()).isEqualTo(10);
        }

        @Test
        void refusesWhatIsNotUtf8() {
            Answer answer = http.header("Content-Type", "application/json")
                    .send("POST", PATH, BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}));

            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Nested
    class OtherMethods405 {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "PATCH"})
        void namesTheMethodThereIs(String method) {
            Answer answer = http.send(method, PATH, BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
        }

        @Test
        void answersOptions() {
            Answer answer = http.send("OPTIONS", PATH, BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
        }
    }

    @Nested
    class TooLarge413 {

        @Test
        void refusesOverSixtyFourKibibytes() {
            assertThat(validate(",\"x\":\"" + "a".repeat(65_536) + "\"").code()).isEqualTo("too-large");
        }

        @Test
        void refusesThemAlsoInChunks() {
            byte[] big = body(",\"x\":\"" + "a".repeat(70_000) + "\"").getBytes(StandardCharsets.UTF_8);

            Answer answer = http.header("Content-Type", "application/json")
                    .send("POST", PATH, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)));

            assertThat(answer.code()).isEqualTo("too-large");
        }

        @Test
        void acceptsChunksBelow() {
            byte[] small = body(",\"x\":\"" + "a".repeat(60_000) + "\"").getBytes(StandardCharsets.UTF_8);

            Answer answer = http.header("Content-Type", "application/json; charset=utf-8")
                    .send("POST", PATH, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(small)));

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Nested
    class UnsupportedMediaType415 {

        @ParameterizedTest
        @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain"})
        void takesOnlyJson(String type) {
            assertThat(http.header("Content-Type", type).post(PATH, body("")).code()).isEqualTo("unsupported-media-type");
        }
    }

    @Nested
    class Unprocessable422 {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "\"token\":5|token",
            "\"token\":[\"a\"]|token",
            "\"solution_id\":{}|solution_id",
            "\"action\":true|action",
            "\"check_only\":\"true\"|check_only",
            "\"check_only\":1|check_only",
            "\"units\":\"1\"|units",
            "\"units\":1.0|units",
            "\"units\":0|units",
            "\"units\":-1|units",
            "\"units\":1000000001|units",
            "\"units\":9223372036854775807|units",
            "\"units\":9223372036854775808|units",
            "\"units\":-9223372036854775809|units",
            "\"user_email\":\"nobody\"|user_email",
            "\"idempotency_key\":\"\"|idempotency_key",
            "\"idempotency_key\":\"a b\"|idempotency_key",
            "\"anonymous\":\"x\"|anonymous",
            "\"anonymous\":{\"ip\":4}|anonymous.ip",
        })
        void namesTheField(String field, String name) {
            Answer answer = http.post(PATH, field.startsWith("\"token\"")
                    ? "{\"solution_id\":\"faiss\"," + field + "}"
                    : field.startsWith("\"solution_id\"")
                            ? "{\"token\":\"" + token + "\"," + field + "}"
                            : body("," + field));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("invalid-field");
            assertThat(answer.field()).isEqualTo(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "\"text\"", "17"})
        void wantsAnObject(String body) {
            assertThat(http.post(PATH, body).field()).isEqualTo("body");
        }

        @Test
        void wantsTheSolutionNamed() {
            assertThat(http.post(PATH, "{\"token\":\"" + token + "\"}").field()).isEqualTo("solution_id");
        }

        @Test
        void knowsNoSuchAction() {
            assertThat(validate(",\"action\":\"fly\"").code()).isEqualTo("action-unknown");
        }

        @Test
        void refusesTwoDifferentIdempotencyKeys() {
            assertThat(http.header("Idempotency-Key", "a").post(PATH, body(",\"idempotency_key\":\"b\"")).field())
                    .isEqualTo("idempotency_key");
        }

        @Test
        void wantsAKeyToNameSomebody() {
            Http admin = http.bearer(ADMIN_KEY);

            assertThat(admin.post(PATH, "{\"solution_id\":\"faiss\"}").field()).isEqualTo("token");
            assertThat(admin.post(PATH, "{\"solution_id\":\"faiss\",\"anonymous\":{}}").field()).isEqualTo("anonymous.ip");
        }

        @Test
        void countedNothingForAnyOfThem() {
            validate(",\"units\":0");
            validate(",\"action\":\"fly\"");

            assertThat(validate(",\"check_only\":true").json().path("quota_remaining").asLong()).isEqualTo(10);
        }
    }
}
