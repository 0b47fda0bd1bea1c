package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/quotas/{customer_id}/{solution_id}} and {@code POST /api/reset-quota}. */
class QuotasTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, COUNTER, "registered");
    private final String path = "/api/quotas/" + ada.id() + "/" + COUNTER;

    private void use(long units) {
        SERVICES.quota.decide(AccessRequest.one(new Subject.User(ada.id()), COUNTER, "count").withUnits(units));
    }

    @Nested
    class Shown200 {

        @Test
        void tellsEachActionWithItsWindows() {
            use(4);

            Answer answer = http.bearer(token).get(path);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("access_tier").asText()).isEqualTo("registered");
            assertThat(answer.json().at("/quotas/0").toString()).isEqualTo(
                    "{\"action\":\"count\",\"unlimited\":false,\"remaining\":6,\"windows\":[{\"window\":\"day\",\"limit\":10,"
                            + "\"used\":4,\"remaining\":6,\"resets_at\":\"2026-03-11T00:00:00Z\"}]}");
            assertThat(answer.json().at("/quotas/1/remaining").asLong()).isEqualTo(10);
        }

        @Test
        void isOpenToTheSolutionAndToTheOperatorByAddress() {
            assertThat(http.bearer(SERVICES.key(COUNTER)).get(path).status()).isEqualTo(200);
            assertThat(admin.get("/api/quotas/" + ada.email().value().replace("@", "%40") + "/" + COUNTER).status()).isEqualTo(200);
        }
    }

    @Nested
    class Reset200 {

        @Test
        void setsTheCountersToZero() {
            use(10);

            Answer answer = admin.post("/api/reset-quota", "{\"user_email\":\"" + ada.email() + "\",\"solution_id\":\"word-count\"}");

            assertThat(answer.json().at("/quotas/0/remaining").asLong()).isEqualTo(10);
        }
    }

    @Nested
    class Unauthorized401 {

        @Test
        void wantsACredential() {
            assertThat(http.get(path).code()).isEqualTo("credentials-missing");
            assertThat(http.post("/api/reset-quota", "{}").code()).isEqualTo("credentials-missing");
        }
    }

    @Nested
    class Forbidden403 {

        @Test
        void letsOnlyTheOperatorReset() {
            String body = "{\"customer_id\":\"" + ada.id() + "\",\"solution_id\":\"word-count\"}";
            use(1);

            assertThat(http.bearer(token).post("/api/reset-quota", body).code()).isEqualTo("not-allowed");
            assertThat(http.bearer(SERVICES.key(COUNTER)).post("/api/reset-quota", body).code()).isEqualTo("not-allowed");
            assertThat(http.bearer(token).get(path).json().at("/quotas/0/remaining").asLong()).isEqualTo(9);
        }
    }

    @Nested
    class NotFound404 {

        @Test
        void hidesOtherCustomersAndOtherSolutions() {
            Http eve = http.bearer(SERVICES.token(COUNTER, "registered"));
            SERVICES.token(ada, FINDER, "registered");

            assertThat(eve.get(path).code()).isEqualTo("customer-unknown");
            assertThat(http.bearer(token).get("/api/quotas/" + ada.id() + "/" + FINDER).code()).isEqualTo("entitlement-unknown");
            assertThat(http.bearer(SERVICES.key("timed")).get(path).code()).isEqualTo("customer-unknown");
            assertThat(admin.get("/api/quotas/cus_none/" + COUNTER).code()).isEqualTo("customer-unknown");
            assertThat(admin.get("/api/quotas/" + ada.id() + "/nothing").code()).isEqualTo("solution-unknown");
            assertThat(admin.get("/api/quotas/" + ada.id() + "/timed").code()).isEqualTo("entitlement-unknown");
        }
    }

    @Nested
    class Unprocessable422 {

        @Test
        void wantsSolutionAndCustomerThatBelongTogether() {
            assertThat(admin.post("/api/reset-quota", "{}").field()).isEqualTo("solution_id");
            assertThat(admin.post("/api/reset-quota", "{\"solution_id\":\"faiss\"}").field()).isEqualTo("customer_id");
            assertThat(admin.post("/api/reset-quota", "{\"solution_id\":\"word-count\",\"customer_id\":\"" + ada.id()
                    + "\",\"user_email\":\"eve@example.com\"}").field()).isEqualTo("user_email");
        }
    }
}
