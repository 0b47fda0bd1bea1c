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
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/usage/{customer_id}}. */
class UsageTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "pro");
    private final String path = "/api/usage/" + ada.id();

    private void use(String solution, String action, long units) {
        SERVICES.quota.decide(AccessRequest.one(new Subject.User(ada.id()), solution, action).withUnits(units));
    }

    @Nested
    class Told200 {

        @Test
        void addsUpEachDaySolutionAndAction() {
            SERVICES.token(ada, COUNTER, "pro");
            use(FINDER, "search", 2);
            use(FINDER, "search", 3);
            use(COUNTER, "count", 7);
            SERVICES.clock.advance(Duration.ofDays(1));
            try {
                use(FINDER, "search", 1);
                Answer answer = admin.get(path);

                assertThat(answer.json().path("from").asText()).isEqualTo("2026-02-10");
                assertThat(answer.json().path("to").asText()).isEqualTo("2026-03-11");
                assertThat(answer.json().path("usage").toString()).isEqualTo(
                        "[{\"date\":\"2026-03-10\",\"solution_id\":\"aws-solution-finder\",\"action\":\"search\",\"units\":5},"
                                + "{\"date\":\"2026-03-10\",\"solution_id\":\"word-count\",\"action\":\"count\",\"units\":7},"
                                + "{\"date\":\"2026-03-11\",\"solution_id\":\"aws-solution-finder\",\"action\":\"search\",\"units\":1}]");
                assertThat(answer.json().get("next_cursor").isNull()).isTrue();
            } finally {
                SERVICES.clock.set(Services.START);
            }
        }

        @Test
        void showsATokensUserAndASolutionOnlyThisSolution() {
            SERVICES.token(ada, COUNTER, "pro");
            use(FINDER, "search", 1);
            use(COUNTER, "count", 1);

            assertThat(http.bearer(token).get(path).json().path("usage")).hasSize(1);
            assertThat(http.bearer(SERVICES.key(COUNTER)).get(path).json().at("/usage/0/solution_id").asText()).isEqualTo(COUNTER);
            assertThat(admin.get(path + "?solution_id=faiss").json().path("usage")).hasSize(1);
        }

        @Test
        void goesOnAtTheCursor() {
            SERVICES.token(ada, COUNTER, "pro");
            use(FINDER, "search", 1);
            use(COUNTER, "count", 1);

            String cursor = admin.get(path + "?limit=1").json().path("next_cursor").asText();
            Answer second = admin.get(path + "?limit=1&cursor=" + cursor);

            assertThat(second.json().at("/usage/0/solution_id").asText()).isEqualTo(COUNTER);
            assertThat(second.json().get("next_cursor").isNull()).isTrue();
        }
    }

    @Nested
    class NotFound404 {

        @Test
        void hidesOtherCustomersAndOtherSolutions() {
            assertThat(http.bearer(SERVICES.token(FINDER, "pro")).get(path).code()).isEqualTo("customer-unknown");
            assertThat(http.bearer(SERVICES.key(COUNTER)).get(path).code()).isEqualTo("customer-unknown");
            assertThat(http.bearer(token).get(path + "?solution_id=word-count").code()).isEqualTo("entitlement-unknown");
            assertThat(http.get(path).code()).isEqualTo("credentials-missing");
        }
    }

    @Nested
    class Unprocessable422 {

        @ParameterizedTest
        @ValueSource(strings = {"from=yesterday", "from=2026-02-30", "from=2026-03-12&to=2026-03-11", "from=%2B999999999-01-01"})
        void refusesDaysThatAreNone(String query) {
            assertThat(admin.get(path + "?" + query).field()).isEqualTo("from");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "1001", "many", "99999999999"})
        void boundsTheLimit(String limit) {
            assertThat(admin.get(path + "?limit=" + limit).field()).isEqualTo("limit");
        }

        @Test
        void refusesACursorThatIsNone() {
            assertThat(admin.get(path + "?cursor=x").field()).isEqualTo("cursor");
        }
    }
}
