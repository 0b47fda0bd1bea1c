package com.cloudnestle.marketplace.rest.internal.decision;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/validate-solution-token} and its other names, over HTTP. */
class ValidateServletTest {

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
    class Allowed200 {

        @Test
        void answersTheDocumentedShape() {
            Answer answer = validate(",\"check_only\":true,\"user_email\":\"" + ada.email() + "\"");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).startsWith("{\"allowed\":true,\"user_email\":\"" + ada.email()
                    + "\",\"solution_id\":\"aws-solution-finder\",\"access_tier\":\"registered\",\"quota_remaining\":10,"
                    + "\"quota\":{\"daily_limit\":10,\"daily_used\":0,\"unlimited\":false,");
            assertThat(answer.json().at("/quota/resets_at").asText()).isEqualTo("2026-03-11T00:00:00Z");
            assertThat(answer.json().at("/customer_id").asText()).isEqualTo(ada.id());
        }

        @Test
        void countsOneAndTellsWhatIsLeftAfterwards() {
            assertThat(validate("").json().path("quota_remaining").asLong()).isEqualTo(9);
            assertThat(validate("").json().at("/quota/daily_used").asLong()).isEqualTo(2);
        }

        @Test
        void countsNothingWhenOnlyChecking() {
            validate(",\"check_only\":true");

            assertThat(validate(",\"check_only\":true").json().path("quota_remaining").asLong()).isEqualTo(10);
        }

        @Test
        void showsMinusOneForUnlimited() {
            SERVICES.entitlements.changeTier(ada.id(), FINDER, "pro", "test");

            Answer answer = validate("");

            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(-1);
            assertThat(answer.json().at("/quota/daily_limit").asLong()).isEqualTo(-1);
            assertThat(answer.json().at("/quota/unlimited").asBoolean()).isTrue();
            assertThat(answer.header("RateLimit")).isEmpty();
        }

        @Test
        void sendsQuotaHeadersAndForbidsCaching() {
            Answer answer = http.header("X-Request-Id", "my-id.1").post(PATH, body(""));

            assertThat(answer.header("RateLimit")).isEqualTo("\"day\";r=9;t=900");
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"day\";q=10;w=86400");
            assertThat(answer.header("X-Marketplace-Tier")).isEqualTo("registered");
            assertThat(answer.header("X-Marketplace-Quota-Remaining")).isEqualTo("9");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Request-Id")).isEqualTo("my-id.1");
        }

        @ParameterizedTest
        @ValueSource(strings = {PATH, "/api/validate-token", "/quota/validate"})
        void worksUnderEachName(String path) {
            assertThat(http.post(path, body("")).json().path("allowed").asBoolean()).isTrue();
        }

        @Test
        void takesTheTokenAsBearerAndTheSolutionByAlias() {
            Answer answer = http.bearer(token).post(PATH, "{\"solution_id\":\"faiss\",\"action\":\"search\"}");

            assertThat(answer.json().path("solution_id").asText()).isEqualTo(FINDER);
        }

        @Test
        void usesTheFirstMeterWhereThereIsNoSearch() {
            String other = SERVICES.token(COUNTER, "registered");

            Answer answer = http.post(PATH, "{\"token\":\"" + other + "\",\"solution_id\":\"word-count\"}");

            assertThat(answer.json().path("action").asText()).isEqualTo("count");
        }

        @Test
        void countsAnIdempotencyKeyOnceInBodyOrHeader() {
            assertThat(validate(",\"idempotency_key\":\"k-1\"").json().path("replayed").asBoolean()).isFalse();

            Answer again = http.header("Idempotency-Key", "k-1").post(PATH, body(""));

            assertThat(again.json().path("replayed").asBoolean()).isTrue();
            assertThat(again.json().path("quota_remaining").asLong()).isEqualTo(9);
        }

        @Test
        void takesSeveralUnitsAndPassesOverWhatItDoesNotKnow() {
            Answer answer = validate(",\"units\":4,\"user_id\":\"u\",\"later\":{\"deep\":[1,{\"a\":null}]}");

            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(6);
        }

        @Test
        void acceptsTheUsersAddressInAnotherSpelling() {
            assertThat(validate(",\"user_email\":\" " + ada.email().value().toUpperCase() + "\"").status()).isEqualTo(200);
        }

        @Test
        void letsTheSolutionNameACustomerOrAVisitorByItsKey() {
            Http solution = http.bearer(SERVICES.key(FINDER));
            String customer = "{\"solution_id\":\"" + FINDER + "\",\"user_email\":\"" + ada.email() + "\"}";
            String visitor = "{\"solution_id\":\"" + FINDER + "\",\"anonymous\":{\"ip\":\"203.0.113.9\",\"device_id\":\"d-1234567\"}}";

            assertThat(solution.post(PATH, customer).json().path("customer_id").asText()).isEqualTo(ada.id());
            Answer anonymous = solution.post(PATH, visitor);
            assertThat(anonymous.json().path("access_tier").asText()).isEqualTo("anonymous");
            assertThat(anonymous.json().path("quota_remaining").asLong()).isEqualTo(2);
            assertThat(anonymous.json().path("user_email").isNull()).isTrue();
        }

        @Test
        void countsACallerWithoutCredentialByItsOwnAddressAndDevice() {
            Http device = http.header("x-device-id", "device-of-this-test");

            Answer answer = device.post(PATH, "{\"token\":null,\"solution_id\":\"" + FINDER + "\"}");

            assertThat(answer.json().path("access_tier").asText()).isEqualTo("anonymous");
            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(2);
        }

        @Test
        void allowsExactlyTheLimitToParallelCallers() throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(16);
            try {
                List<Integer> statuses = pool.invokeAll(IntStream.range(0, 64)
                                .<java.util.concurrent.Callable<Integer>>mapToObj(i -> () -> validate("").status())
                                .toList())
                        .stream()
                        .map(ValidateServletTest::done)
                        .toList();
                assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
                assertThat(statuses).filteredOn(status -> status == 429).hasSize(54);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static int done(java.util.concurrent.Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Denied429 {

        @Test
        void answersTheDocumentedBodyWithTheWayOn() {
            validate(",\"units\":10");

            Answer answer = validate("");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text()).startsWith("{\"error\":\"Quota exceeded\",\"reason\":\"daily_limit_exceeded\",\"limit\":10,"
                    + "\"used\":10,\"access_tier\":\"registered\",\"message\":");
            assertThat(answer.json().path("upgrade_url").asText()).isEqualTo("/upgrade?solution_id=" + FINDER);
            assertThat(answer.header("Retry-After")).isEqualTo("900");
            assertThat(answer.header("RateLimit")).isEqualTo("\"day\";r=0;t=900");
            assertThat(answer.header("Content-Type")).startsWith("application/json");
        }

        @Test
        void sendsAVisitorToRegister() {
            Http device = http.header("x-device-id", "device-at-its-end");
            String ask = "{\"solution_id\":\"" + FINDER + "\",\"units\":3}";
            device.post(PATH, ask);

            Answer answer = device.post(PATH, ask);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.json().path("upgrade_url").asText()).isEqualTo("/register?solution_id=" + FINDER);
            assertThat(answer.header("Retry-After")).isEmpty();
        }

        @Test
        void tellsACheckTheSameWithoutCounting() {
            validate(",\"units\":9");

            assertThat(validate(",\"units\":2,\"check_only\":true").status()).isEqualTo(429);
            assertThat(validate("").status()).isEqualTo(200);
        }
    }
}
