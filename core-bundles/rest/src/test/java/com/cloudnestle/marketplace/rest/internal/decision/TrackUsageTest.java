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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code POST /api/track-usage}. */
class TrackUsageTest {

    private static final Services SERVICES = new Services();
    private static final Decisions DECISIONS = Resources.decisions(SERVICES);

    @RegisterExtension
    static final TestServer SERVER = new TestServer(new TrackUsageResource(DECISIONS, SERVICES.clock))
            .with(new ValidateServlet(DECISIONS, SERVICES.clock), "/api/validate-token");

    private final Http http = SERVER.http();
    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    private String body(String more) {
        return "{\"token\":\"" + token + "\",\"solution_id\":\"" + FINDER + "\"" + more + "}";
    }

    @Nested
    class Counted200 {

        @Test
        void countsTheUnits() {
            Answer answer = http.post("/api/track-usage", body(",\"action\":\"search\",\"units\":3"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(7);
            assertThat(answer.header("X-Marketplace-Quota-Used")).isEqualTo("3");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }

        @Test
        void sharesIdempotencyKeysWithValidate() {
            http.post("/api/validate-token", body(",\"idempotency_key\":\"req-1\""));

            Answer answer = http.post("/api/track-usage", body(",\"idempotency_key\":\"req-1\""));

            assertThat(answer.json().path("replayed").asBoolean()).isTrue();
            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(9);
        }

        @Test
        void letsTheSolutionNameTheCustomer() {
            Answer answer = http.bearer(SERVICES.key(FINDER))
                    .post("/api/track-usage", "{\"customer_id\":\"" + ada.id() + "\",\"solution_id\":\"faiss\"}");

            assertThat(answer.json().path("quota_remaining").asLong()).isEqualTo(9);
        }
    }

    @Nested
    class Denied429 {

        @Test
        void countsNothingThatIsNotLeft() {
            Answer answer = http.post("/api/track-usage", body(",\"units\":11"));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.json().path("reason").asText()).isEqualTo("daily_limit_exceeded");
            assertThat(http.post("/api/track-usage", body(",\"units\":10")).status()).isEqualTo(200);
        }
    }

    @Nested
    class Refused {

        @Test
        void wantsACredential() {
            assertThat(http.post("/api/track-usage", "{\"solution_id\":\"faiss\"}").code()).isEqualTo("credentials-missing");
            assertThat(http.post("/api/track-usage", "{\"solution_id\":\"faiss\",\"customer_id\":\"" + ada.id() + "\"}").code())
                    .isEqualTo("credentials-missing");
        }

        @Test
        void refusesOtherSolutionsTokensAndKeys() {
            assertThat(http.bearer(SERVICES.token(COUNTER, "pro")).post("/api/track-usage", "{\"solution_id\":\"faiss\"}").code())
                    .isEqualTo("token-wrong-solution");
            assertThat(http.bearer(SERVICES.key(COUNTER)).post("/api/track-usage", body("")).code()).isEqualTo("not-allowed");
        }

        @Test
        void refusesWhatValidateRefuses() {
            assertThat(http.post("/api/track-usage", body(",\"units\":-5")).field()).isEqualTo("units");
            assertThat(http.post("/api/track-usage", body(",\"units\":99999999999999999999")).field()).isEqualTo("units");
            assertThat(http.post("/api/track-usage", body(",\"action\":\"fly\"")).code()).isEqualTo("action-unknown");
            assertThat(http.post("/api/track-usage", "{\"a\":").code()).isEqualTo("malformed-json");
            assertThat(http.post("/api/track-usage", "").code()).isEqualTo("malformed-json");
            assertThat(http.post("/api/track-usage", body(",\"x\":\"" + "a".repeat(66_000) + "\"")).code()).isEqualTo("too-large");
        }
    }
}
