package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
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

/** {@code PUT /api/user-tier}. */
class UserTierTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    private String to(String tier) {
        return "{\"user_email\":\"" + ada.email() + "\",\"solution_id\":\"faiss\",\"access_tier\":\"" + tier + "\"}";
    }

    @Test
    void movesTheCustomerAndHoldsAtOnce() {
        Answer answer = admin.put("/api/user-tier", to("pro"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("previous_tier").asText()).isEqualTo("registered");
        assertThat(answer.json().path("changed").asBoolean()).isTrue();
        assertThat(http.bearer(token).get("/api/user-context").json().path("access_tier").asText()).isEqualTo("pro");
        assertThat(admin.put("/api/user-tier", to("pro")).json().path("changed").asBoolean()).isFalse();
    }

    @Test
    void givesAccessWhereThereWasNone() {
        Answer answer = admin.put("/api/user-tier",
                "{\"customer_id\":\"" + ada.id() + "\",\"solution_id\":\"word-count\",\"access_tier\":\"pro\"}");

        assertThat(answer.json().get("previous_tier").isNull()).isTrue();
        assertThat(answer.json().path("access_tier").asText()).isEqualTo("pro");
    }

    @Nested
    class Refused {

        @Test
        void isTheOperatorsAlone() {
            assertThat(http.put("/api/user-tier", to("pro")).status()).isEqualTo(401);
            assertThat(http.bearer(token).put("/api/user-tier", to("pro")).status()).isEqualTo(403);
            assertThat(http.bearer(SERVICES.key(FINDER)).put("/api/user-tier", to("pro")).status()).isEqualTo(403);
            assertThat(http.bearer(token).get("/api/user-context").json().path("access_tier").asText()).isEqualTo("registered");
        }

        @Test
        void knowsNoSuchTierCustomerOrSolution() {
            assertThat(admin.put("/api/user-tier", to("gold")).code()).isEqualTo("tier-unknown");
            assertThat(admin.put("/api/user-tier", to("")).field()).isEqualTo("access_tier");
            assertThat(admin.put("/api/user-tier", to("pro").replace(ada.email().value(), "no@example.com")).code())
                    .isEqualTo("customer-unknown");
            assertThat(admin.put("/api/user-tier", to("pro").replace("faiss", "nothing")).code()).isEqualTo("solution-unknown");
        }

        @Test
        void hasNoOtherMethod() {
            assertThat(admin.post("/api/user-tier", to("pro")).status()).isEqualTo(405);
        }
    }
}
