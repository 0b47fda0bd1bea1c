package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/rotate-token}. */
class RotateTokenTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    private String byToken(String more) {
        return "{\"token\":\"" + token + "\"" + more + "}";
    }

    @Nested
    class Rotated200 {

        @Test
        void replacesTheTokenAtOnce() {
            String next = http.post("/api/rotate-token", byToken("")).json().path("token").asText();

            assertThat(next).startsWith("tok_").isNotEqualTo(token);
            assertThat(http.bearer(token).get("/api/user-context").code()).isEqualTo("token-revoked");
            assertThat(http.bearer(next).get("/api/user-context").status()).isEqualTo(200);
        }

        @Test
        void letsTheOldOneWorkForTheGrace() {
            http.post("/api/rotate-token", byToken(",\"grace_seconds\":60"));

            assertThat(http.bearer(token).get("/api/user-context").status()).isEqualTo(200);
        }

        @Test
        void letsTheOperatorAndTheSolutionNameTheCustomer() {
            String named = "{\"user_email\":\"" + ada.email() + "\",\"solution_id\":\"faiss\"}";

            String first = admin.post("/api/rotate-token", named).json().path("token").asText();
            String second = http.bearer(SERVICES.key(FINDER)).post("/api/rotate-token", named).json().path("token").asText();

            assertThat(first).isNotEqualTo(second).startsWith("tok_");
        }
    }

    @Nested
    class Unauthorized401 {

        @Test
        void wantsATokenOrAKey() {
            assertThat(http.post("/api/rotate-token", "{}").code()).isEqualTo("credentials-missing");
            assertThat(http.post("/api/rotate-token", "{\"user_email\":\"" + ada.email() + "\",\"solution_id\":\"faiss\"}").code())
                    .isEqualTo("credentials-missing");
        }
    }

    @Nested
    class Forbidden403 {

        @Test
        void refusesAnotherSolutionsKeyAlsoBesideTheToken() {
            Http other = http.bearer(SERVICES.key(COUNTER));

            assertThat(other.post("/api/rotate-token", byToken("")).code()).isEqualTo("not-allowed");
            assertThat(other.post("/api/rotate-token", "{\"customer_id\":\"" + ada.id() + "\",\"solution_id\":\"faiss\"}").code())
                    .isEqualTo("not-allowed");
            assertThat(http.bearer(token).get("/api/user-context").status()).isEqualTo(200);
        }
    }

    @Nested
    class NotFound404 {

        @Test
        void knowsNoSuchCustomer() {
            assertThat(admin.post("/api/rotate-token", "{\"customer_id\":\"cus_none\",\"solution_id\":\"faiss\"}").code())
                    .isEqualTo("customer-unknown");
        }
    }

    @Nested
    class Conflict409 {

        @Test
        void letsNoReplacedTokenTurnOutTheNewOne() {
            String next = http.post("/api/rotate-token", byToken(",\"grace_seconds\":60")).json().path("token").asText();

            assertThat(http.post("/api/rotate-token", byToken("")).code()).isEqualTo("conflict");
            assertThat(http.bearer(next).get("/api/user-context").status()).isEqualTo(200);
        }
    }

    @Nested
    class Unprocessable422 {

        @ParameterizedTest
        @ValueSource(strings = {"-1", "2592001", "9223372036854775807"})
        void boundsTheGrace(String seconds) {
            assertThat(http.post("/api/rotate-token", byToken(",\"grace_seconds\":" + seconds)).field()).isEqualTo("grace_seconds");
        }
    }
}
