package com.cloudnestle.marketplace.rest.internal.resource;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.ADMIN_KEY;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.COUNTER;
import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code POST /api/refresh-token}. */
class RefreshTokenTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = Resources.serve(SERVICES);

    private final Http http = SERVER.http();
    private final Http admin = http.bearer(ADMIN_KEY);

    @Nested
    class Refreshed200 {

        @Test
        void leavesAPermanentTokenAsItIs() {
            String token = SERVICES.token(FINDER, "registered");

            Answer answer = http.post("/api/refresh-token", "{\"token\":\"" + token + "\"}");

            assertThat(answer.json().path("token").asText()).isEqualTo(token);
            assertThat(answer.json().get("expires_at").isNull()).isTrue();
        }

        @Test
        void extendsATimedTokenGivenAsBearerAlsoAfterItsEnd() {
            String token = SERVICES.token("timed", "registered");
            SERVICES.clock.advance(Duration.ofDays(11));
            try {
                Answer answer = http.bearer(token).post("/api/refresh-token", "{}");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().path("expires_at").asText()).isEqualTo("2026-03-31T23:45:00Z");
            } finally {
                SERVICES.clock.set(Services.START);
            }
        }
    }

    @Test
    void needsNoBodyBesideABearer() {
        String token = SERVICES.token(FINDER, "registered");

        assertThat(http.bearer(token).send("POST", "/api/refresh-token", BodyPublishers.noBody()).status()).isEqualTo(200);
        assertThat(http.bearer(token).send("POST", "/api/rotate-token", BodyPublishers.noBody()).json().path("token").asText())
                .startsWith("tok_").isNotEqualTo(token);
    }

    @Nested
    class Unauthorized401 {

        @Test
        void refusesNoneUnknownAndRevoked() {
            String revoked = SERVICES.token(COUNTER, "registered");
            SERVICES.tokens.revoke(revoked, "test");

            assertThat(http.post("/api/refresh-token", "{}").code()).isEqualTo("credentials-missing");
            assertThat(http.post("/api/refresh-token", "{\"token\":\"tok_x\"}").code()).isEqualTo("token-unknown");
            assertThat(admin.post("/api/refresh-token", "{}").code()).isEqualTo("token-unknown");
            assertThat(http.post("/api/refresh-token", "{\"token\":\"" + revoked + "\"}").code()).isEqualTo("token-revoked");
        }
    }
}
