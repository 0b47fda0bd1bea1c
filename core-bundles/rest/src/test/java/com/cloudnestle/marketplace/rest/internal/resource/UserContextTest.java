package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/user-context} and {@code GET /api/user-solutions}. */
class UserContextTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    @Nested
    class Context200 {

        @Test
        void tellsATokensUserWhoTheyAreAndWhatIsLeft() {
            SERVICES.token(ada, COUNTER, "pro");

            Answer answer = http.bearer(token).get("/api/user-context");

            assertThat(answer.json().path("user_email").asText()).isEqualTo(ada.email().value());
            assertThat(answer.json().path("customer_id").asText()).isEqualTo(ada.id());
            assertThat(answer.json().path("solution_id").asText()).isEqualTo(FINDER);
            assertThat(answer.json().path("access_tier").asText()).isEqualTo("registered");
            assertThat(answer.json().at("/token/token_id").asText()).startsWith("tok_");
            assertThat(answer.json().path("solutions")).hasSize(1);
            assertThat(answer.json().at("/solutions/0/quotas/0/remaining").asLong()).isEqualTo(10);
            assertThat(answer.text()).doesNotContain(token);
        }

        @Test
        void tellsTheOperatorAllAndASolutionItsOwn() {
            SERVICES.token(ada, COUNTER, "pro");

            assertThat(admin.get("/api/user-context?customer_id=" + ada.id()).json().path("solutions")).hasSize(2);
            Answer own = http.bearer(SERVICES.key(COUNTER)).get("/api/user-context?customer_id=" + ada.id());
            assertThat(own.json().path("solutions")).hasSize(1);
            assertThat(own.json().get("solution_id").isNull()).isTrue();
        }
    }

    @Nested
    class Solutions200 {

        @Test
        void listsAllSolutionsOfTheUserWithoutNumbers() {
            SERVICES.token(ada, COUNTER, "pro");
            SERVICES.entitlements.setStatus(ada.id(), COUNTER, Entitlement.Status.SUSPENDED, "test");

            Answer answer = http.bearer(token).get("/api/user-solutions");

            assertThat(answer.json().path("solutions")).hasSize(2);
            assertThat(answer.json().at("/solutions/0/page_url").asText()).isEqualTo("/solutions/aws-solution-finder/search");
            assertThat(answer.json().at("/solutions/0/quotas").isNull()).isTrue();
            assertThat(answer.json().at("/solutions/1/status").asText()).isEqualTo("suspended");
        }

        @Test
        void showsASolutionOnlyItself() {
            SERVICES.token(ada, COUNTER, "pro");

            Answer answer = http.bearer(SERVICES.key(COUNTER)).get("/api/user-solutions?customer_id=" + ada.id());

            assertThat(answer.json().path("solutions")).hasSize(1);
        }
    }

    @Nested
    class Refused {

        @Test
        void wantsToKnowWhom() {
            assertThat(http.get("/api/user-context").status()).isEqualTo(401);
            assertThat(http.get("/api/user-solutions?customer_id=" + ada.id()).status()).isEqualTo(401);
            assertThat(admin.get("/api/user-context").status()).isEqualTo(400);
        }

        @Test
        void hidesOthers() {
            Http eve = http.bearer(SERVICES.token(FINDER, "registered"));

            assertThat(eve.get("/api/user-context?customer_id=" + ada.id()).code()).isEqualTo("customer-unknown");
            assertThat(eve.get("/api/user-solutions?customer_id=" + ada.id()).code()).isEqualTo("customer-unknown");
        }
    }
}
