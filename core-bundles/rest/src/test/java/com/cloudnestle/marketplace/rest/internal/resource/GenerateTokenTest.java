package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/generate-solution-token} and its short name. */
class GenerateTokenTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private static String ask(String email, String solution, String more) {
        return "{\"user_email\":\"" + email + "\",\"solution_id\":\"" + solution + "\"" + more + "}";
    }

    @Nested
    class Made200 {

        @ParameterizedTest
        @ValueSource(strings = {"/api/generate-solution-token", "/api/generate-token"})
        void makesCustomerEntitlementAndPermanentToken(String path) {
            String email = "new" + path.length() + "@example.com";

            Answer answer = admin.post(path, ask(" NEW" + path.length() + "@Example.com ", "faiss", ",\"access_tier\":\"pro\""));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.json().path("token").asText()).startsWith("tok_permanent_");
            assertThat(answer.json().path("user_email").asText()).isEqualTo(email);
            assertThat(answer.json().path("solution_id").asText()).isEqualTo(FINDER);
            assertThat(answer.json().path("access_tier").asText()).isEqualTo("pro");
            assertThat(answer.json().path("created_at").asText()).isEqualTo("2026-03-10T23:45:00Z");
            assertThat(answer.json().get("expires_at").isNull()).isTrue();
            assertThat(answer.json().path("created").asBoolean()).isTrue();
            String customerId = answer.json().path("customer_id").asText();
            assertThat(SERVICES.entitlements.find(customerId, FINDER)).get().extracting(e -> e.tier()).isEqualTo("pro");
        }

        @Test
        void givesTheSameTokenAgainAndKeepsTheTier() {
            String first = admin.post("/api/generate-token", ask("again@example.com", FINDER, "")).json().path("token").asText();

            Answer again = admin.post("/api/generate-token", ask("again@example.com", FINDER, ",\"access_tier\":\"pro\""));

            assertThat(again.json().path("token").asText()).isEqualTo(first);
            assertThat(again.json().path("created").asBoolean()).isFalse();
            assertThat(again.json().path("access_tier").asText()).isEqualTo("registered");
        }

        @Test
        void letsASolutionRegisterItsOwnUsers() {
            Answer answer = http.bearer(SERVICES.key(FINDER)).post("/api/generate-token", ask("own@example.com", FINDER, ""));

            assertThat(answer.json().path("access_tier").asText()).isEqualTo("registered");
            assertThat(SERVICES.audit.entries()).last().extracting(e -> e.actor()).isEqualTo("solution:" + FINDER);
        }

        @Test
        void tellsWhenATimedTokenEnds() {
            Answer answer = admin.post("/api/generate-token", ask("timed@example.com", "timed", ""));

            assertThat(answer.json().path("expires_at").asText()).isEqualTo("2026-03-20T23:45:00Z");
        }
    }

    @Nested
    class Unauthorized401 {

        @Test
        void wantsACredentialAndAGoodOne() {
            assertThat(http.post("/api/generate-token", ask("a@example.com", FINDER, "")).code()).isEqualTo("credentials-missing");
            assertThat(http.bearer("adm_wrong").post("/api/generate-token", ask("a@example.com", FINDER, "")).code())
                    .isEqualTo("credentials-invalid");
        }
    }

    @Nested
    class Forbidden403 {

        @Test
        void refusesAUserAnotherSolutionAndAHigherTier() {
            Http user = http.bearer(SERVICES.token(FINDER, "registered"));
            Http other = http.bearer(SERVICES.key(COUNTER));
            Http own = http.bearer(SERVICES.key(FINDER));

            assertThat(user.post("/api/generate-token", ask("b@example.com", FINDER, "")).code()).isEqualTo("not-allowed");
            assertThat(other.post("/api/generate-token", ask("b@example.com", FINDER, "")).code()).isEqualTo("not-allowed");
            assertThat(own.post("/api/generate-token", ask("b@example.com", FINDER, ",\"access_tier\":\"pro\"")).code())
                    .isEqualTo("not-allowed");
            assertThat(SERVICES.customers.findByEmail(new com.cloudnestle.marketplace.identity.EmailAddress("b@example.com")))
                    .isEmpty();
        }
    }

    @Nested
    class NotFound404 {

        @Test
        void knowsNoSuchSolution() {
            assertThat(admin.post("/api/generate-token", ask("a@example.com", "nothing", "")).code()).isEqualTo("solution-unknown");
        }
    }

    @Nested
    class Unprocessable422 {

        @ParameterizedTest
        @ValueSource(strings = {"", "nobody", "a@b", "a b@example.com", "a@example.com\\nBcc: x@example.com", "@example.com"})
        void refusesWhatIsNoAddress(String email) {
            assertThat(admin.post("/api/generate-token", ask(email, FINDER, "")).field()).isEqualTo("user_email");
        }

        @ParameterizedTest
        @ValueSource(strings = {"gold", "anonymous", ""})
        void refusesTiersThatCannotBeGivenAndMakesNobody(String tier) {
            Answer answer = admin.post("/api/generate-token", ask("none@example.com", FINDER, ",\"access_tier\":\"" + tier + "\""));

            assertThat(answer.code()).isEqualTo("tier-unknown");
            assertThat(SERVICES.customers.findByEmail(new com.cloudnestle.marketplace.identity.EmailAddress("none@example.com")))
                    .isEmpty();
        }

        @Test
        void wantsBothFields() {
            assertThat(admin.post("/api/generate-token", "{}").field()).isEqualTo("solution_id");
            assertThat(admin.post("/api/generate-token", "{\"solution_id\":\"faiss\"}").field()).isEqualTo("user_email");
            assertThat(admin.post("/api/generate-token", "null").code()).isEqualTo("malformed-json");
        }
    }
}
