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

/** {@code DELETE /api/revoke-token}. */
class RevokeTokenTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    private final Customer ada = SERVICES.person();
    private final String token = SERVICES.token(ada, FINDER, "registered");

    @Nested
    class Revoked200 {

        @Test
        void endsTheTokenOfTheBodyAtOnce() {
            Answer answer = http.json("DELETE", "/api/revoke-token", "{\"token\":\"" + token + "\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("revoked").asBoolean()).isTrue();
            assertThat(http.bearer(token).get("/api/user-context").code()).isEqualTo("token-revoked");
        }

        @Test
        void endsTheBearerWithoutABody() {
            assertThat(http.bearer(token).delete("/api/revoke-token").status()).isEqualTo(200);
            assertThat(http.bearer(token).get("/api/user-context").code()).isEqualTo("token-revoked");
        }

        @Test
        void endsAllOfACustomerAndNamesWhoDidIt() {
            String named = "{\"customer_id\":\"" + ada.id() + "\",\"solution_id\":\"faiss\"}";

            assertThat(admin.json("DELETE", "/api/revoke-token", named).json().get("token_id").isNull()).isTrue();
            assertThat(http.bearer(token).get("/api/user-context").code()).isEqualTo("token-revoked");
            assertThat(SERVICES.audit.entries()).last().extracting(e -> e.actor()).isEqualTo("admin");
        }

        @Test
        void isNoErrorTwice() {
            http.bearer(token).delete("/api/revoke-token");

            assertThat(http.bearer(token).delete("/api/revoke-token").status()).isEqualTo(200);
        }
    }

    @Nested
    class BadRequest400 {

        @Test
        void keepsTokensOutOfAddresses() {
            assertThat(http.delete("/api/revoke-token?token=" + token).code()).isEqualTo("bad-request");
            assertThat(http.bearer(token).get("/api/user-context").status()).isEqualTo(200);
        }
    }

    @Nested
    class UnreadableBody {

        @Test
        void refusesWhatIsNoJsonAndWrongTypes() {
            assertThat(http.bearer(token).json("DELETE", "/api/revoke-token", "{\"token\":").code()).isEqualTo("malformed-json");
            assertThat(http.bearer(token).json("DELETE", "/api/revoke-token", "{\"token\":5}").field()).isEqualTo("token");
            assertThat(http.bearer(token).json("DELETE", "/api/revoke-token", "[]").field()).isEqualTo("body");
            assertThat(http.bearer(token).get("/api/user-context").status()).isEqualTo(200);
        }
    }

    @Nested
    class Unauthorized401 {

        @Test
        void refusesNoneAndUnknown() {
            assertThat(http.delete("/api/revoke-token").code()).isEqualTo("credentials-missing");
            assertThat(http.json("DELETE", "/api/revoke-token", "{\"token\":\"tok_no\"}").code()).isEqualTo("token-unknown");
        }
    }

    @Nested
    class Forbidden403 {

        @Test
        void refusesAnotherSolutionsKey() {
            Http other = http.bearer(SERVICES.key(COUNTER));

            assertThat(other.json("DELETE", "/api/revoke-token", "{\"token\":\"" + token + "\"}").code()).isEqualTo("not-allowed");
            assertThat(http.bearer(token).get("/api/user-context").status()).isEqualTo(200);
        }
    }
}
