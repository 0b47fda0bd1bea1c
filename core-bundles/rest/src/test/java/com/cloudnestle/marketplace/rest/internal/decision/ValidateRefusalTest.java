package com.cloudnestle.marketplace.rest.internal.decision;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.access.People;
import com.cloudnestle.marketplace.rest.internal.resource.Resources;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom {@code POST /api/validate-solution-token} refuses, over HTTP. */
class ValidateRefusalTest {

    private static final String PATH = "/api/validate-solution-token";
    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = new TestServer()
            .with(new ValidateServlet(Resources.decisions(SERVICES), SERVICES.clock), PATH)
            .with(failing(new IllegalStateException("secret cause")), "/broken")
            .with(failing(new StoreException.Unavailable("the disk is full")), "/full");

    private static ValidateServlet failing(RuntimeException failure) {
        CatalogService catalog = (CatalogService) Proxy.newProxyInstance(
                CatalogService.class.getClassLoader(), new Class<?>[] {CatalogService.class}, (proxy, method, arguments) -> {
                    throw failure;
                });
        Callers callers = new Callers(SERVICES.keys, SERVICES.tokens, new People(SERVICES.accounts, SERVICES.sessions, SERVICES.userKeys));
        CustomerAccess customers = new CustomerAccess(SERVICES.customers, SERVICES.entitlements);
        Subjects subjects = new Subjects(SERVICES.tokens, callers, customers, SERVICES.visitors, SERVICES.customers);
        return new ValidateServlet(new Decisions(catalog, subjects, SERVICES.quota), SERVICES.clock);
    }

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
    class Unauthorized401 {

        @Test
        void refusesUnknownAndRevokedTokens() {
            assertThat(http.post(PATH, "{\"token\":\"tok_permanent_no\",\"solution_id\":\"faiss\"}").code())
                    .isEqualTo("token-unknown");
            SERVICES.tokens.revoke(token, "test");
            Answer revoked = validate("");
            assertThat(revoked.code()).isEqualTo("token-revoked");
            assertThat(revoked.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(revoked.header("Content-Type")).isEqualTo("application/problem+json");
        }

        @Test
        void refusesAnExpiredToken() {
            String timed = SERVICES.token("timed", "registered");
            SERVICES.clock.advance(Duration.ofDays(10));
            try {
                assertThat(http.post(PATH, "{\"token\":\"" + timed + "\",\"solution_id\":\"timed\"}").code())
                        .isEqualTo("token-expired");
            } finally {
                SERVICES.clock.set(Services.START);
            }
        }

        @Test
        void refusesABadCredentialBesideAGoodToken() {
            assertThat(http.bearer("sk_nobody").post(PATH, body("")).code()).isEqualTo("credentials-invalid");
            assertThat(http.header("Authorization", "Basic eA==").post(PATH, body("")).code()).isEqualTo("credentials-invalid");
            assertThat(http.header("Authorization", "Bearer ").post(PATH, body("")).code()).isEqualTo("credentials-invalid");
        }

        @Test
        void letsNobodySpeakForOthers() {
            assertThat(http.post(PATH, "{\"solution_id\":\"faiss\",\"anonymous\":{\"ip\":\"203.0.113.1\"}}").code())
                    .isEqualTo("credentials-missing");
            assertThat(http.post(PATH, "{\"solution_id\":\"faiss\",\"user_email\":\"" + ada.email() + "\"}").code())
                    .isEqualTo("credentials-missing");
        }
    }

    @Nested
    class Forbidden403 {

        @Test
        void refusesATokenOfAnotherSolution() {
            String other = SERVICES.token(COUNTER, "registered");

            assertThat(http.post(PATH, "{\"token\":\"" + other + "\",\"solution_id\":\"" + FINDER + "\"}").code())
                    .isEqualTo("token-wrong-solution");
        }

        @Test
        void refusesAnotherUsersAddressOrId() {
            assertThat(validate(",\"user_email\":\"eve@example.com\"").code()).isEqualTo("token-wrong-user");
            assertThat(validate(",\"customer_id\":\"cus_eve\"").code()).isEqualTo("token-wrong-user");
        }

        @Test
        void refusesAKeyOfAnotherSolution() {
            Http other = http.bearer(SERVICES.key(COUNTER));

            assertThat(other.post(PATH, body("")).code()).isEqualTo("not-allowed");
            assertThat(other.post(PATH, "{\"solution_id\":\"faiss\",\"anonymous\":{\"ip\":\"203.0.113.1\"}}").code())
                    .isEqualTo("not-allowed");
        }

        @Test
        void refusesASuspendedCustomer() {
            SERVICES.entitlements.setStatus(ada.id(), FINDER, Entitlement.Status.SUSPENDED, "test");

            assertThat(validate("").code()).isEqualTo("entitlement-suspended");
        }
    }

    @Nested
    class NotFound404 {

        @Test
        void knowsNoSuchSolution() {
            assertThat(http.post(PATH, "{\"token\":\"" + token + "\",\"solution_id\":\"nothing\"}").code())
                    .isEqualTo("solution-unknown");
        }

        @Test
        void hidesFromASolutionWhoElseIsACustomer() {
            SERVICES.token(SERVICES.customers.findOrCreate("hidden@example.com"), COUNTER, "registered");
            Http solution = http.bearer(SERVICES.key(FINDER));

            Answer other = solution.post(PATH, "{\"solution_id\":\"faiss\",\"user_email\":\"hidden@example.com\"}");
            Answer nobody = solution.post(PATH, "{\"solution_id\":\"faiss\",\"user_email\":\"nobody@example.com\"}");

            assertThat(other.code()).isEqualTo("customer-unknown");
            assertThat(other.json().path("detail")).isEqualTo(nobody.json().path("detail"));
        }
    }

    @Nested
    class Conflict409 {

        @Test
        void refusesAnIdempotencyKeyForOtherUnits() {
            validate(",\"idempotency_key\":\"k-2\"");

            assertThat(validate(",\"idempotency_key\":\"k-2\",\"units\":2").code()).isEqualTo("idempotency-key-reused");
        }
    }

    @Nested
    class Internal500 {

        @Test
        void tellsNothingOfTheCause() {
            Answer answer = http.post("/broken", body(""));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("internal");
            assertThat(answer.text()).doesNotContain("secret cause", "Exception");
        }
    }

    @Nested
    class Unavailable503 {

        @Test
        void saysThatTheStoreCannotAnswer() {
            assertThat(http.post("/full", body("")).code()).isEqualTo("store-unavailable");
        }

        @Test
        void saysThatTheSolutionIsNotRunning() {
            String timed = SERVICES.token("timed", "registered");
            SERVICES.catalog.withdraw("timed");

            assertThat(http.post(PATH, "{\"token\":\"" + timed + "\",\"solution_id\":\"timed\"}").code())
                    .isEqualTo("solution-unavailable");
        }
    }
}
