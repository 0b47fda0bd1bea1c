package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolutionGateTest {

    private static final String COUNT = "/solutions/text/api/count";

    private final Platform platform = new Platform();

    @BeforeEach
    void deploy() {
        SolutionDescriptor descriptor = SolutionDescriptor.of("text", "Text", "", "count").withStartPath("search");
        platform.deploy("com.example.text", "1.0.0", () -> new TextSolution(descriptor, "ok"), Map.of("search.html", "<p>"));
        platform.deploy("com.example.other", "1.0.0", new TextSolution("other", "other"));
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void aVisitorGetsThreeCallsAndThenTheWayToRegister() throws Exception {
        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> answer = call();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue(Integer.toString(left));
            assertThat(answer.headers().firstValue("X-Marketplace-Tier")).hasValue("anonymous");
            assertThat(answer.headers().firstValue("RateLimit")).hasValue("\"lifetime\";r=" + left);
        }

        HttpResponse<String> refused = call();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.body())
                .startsWith("{\"error\":\"Quota exceeded\",\"reason\":\"lifetime_limit_exceeded\",\"limit\":3,\"used\":3,"
                        + "\"access_tier\":\"anonymous\",\"message\":")
                .contains("\"upgrade_url\":\"/register?solution_id=text&return_url=%2Fsolutions%2Ftext%2Fsearch\"");
    }

    @Test
    void aTokenGetsTenCallsADayAndThenTheWayToUpgrade() throws Exception {
        String token = platform.tokenFor("ann@example.com", "text", "registered");
        for (int i = 0; i < 10; i++) {
            assertThat(call("Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = call("Authorization", "Bearer " + token);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("43200");
        assertThat(refused.body())
                .startsWith("{\"error\":\"Quota exceeded\",\"reason\":\"daily_limit_exceeded\",\"limit\":10,\"used\":10,"
                        + "\"access_tier\":\"registered\",")
                .contains("\"upgrade_url\":\"/upgrade?solution_id=text\"");

        platform.clock.advance(Duration.ofHours(12));
        assertThat(call("authorization", "bearer  " + token).statusCode()).isEqualTo(200);
    }

    @Test
    void proIsWithoutLimit() throws Exception {
        String token = platform.tokenFor("ann@example.com", "text", "pro");
        for (int i = 0; i < 15; i++) {
            assertThat(call("Authorization", "Bearer " + token).headers().firstValue("X-Marketplace-Quota-Remaining"))
                    .hasValue("-1");
        }
    }

    @Test
    void visitorsAreToldApartByDevice() throws Exception {
        for (int i = 0; i < 3; i++) {
            call("X-Device-Id", "device-one");
        }

        assertThat(call("X-Device-Id", "device-one").statusCode()).isEqualTo(429);
        assertThat(call("X-Device-Id", "device-two").statusCode()).isEqualTo(200);
        assertThat(call().statusCode()).isEqualTo(200);
    }

    @Test
    void aFailedCallGivesItsUnitBack() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(platform.post(COUNT, "{}").statusCode()).isEqualTo(422);
            assertThat(platform.post(COUNT, "{").statusCode()).isEqualTo(400);
        }

        assertThat(call().headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue("2");
    }

    @Test
    void anIdempotencyKeyCountsOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = call("Idempotency-Key", "click-1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue("2");
        }
    }

    @Test
    void anIdempotencyKeyDoesNotPayForOtherWork() throws Exception {
        String key = "x".repeat(255);
        for (int i = 0; i < 3; i++) {
            assertThat(platform.post(COUNT, "{\"text\":\"" + i + "\"}", "Idempotency-Key", key).statusCode()).isEqualTo(200);
        }

        assertThat(platform.post(COUNT, "{\"text\":\"3\"}", "Idempotency-Key", key).statusCode()).isEqualTo(429);
        assertThat(platform.post(COUNT, "{\"text\":\"1\"}", "Idempotency-Key", key).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallThatWasRefusedIsCountedWhenItsKeyComesAgain() throws Exception {
        String token = platform.tokenFor("ann@example.com", "text", "registered");
        for (int i = 0; i < 10; i++) {
            call("Authorization", "Bearer " + token);
        }
        assertThat(call("Authorization", "Bearer " + token, "Idempotency-Key", "k").statusCode()).isEqualTo(429);

        platform.clock.advance(Duration.ofDays(1));

        assertThat(call("Authorization", "Bearer " + token, "Idempotency-Key", "k").headers()
                .firstValue("X-Marketplace-Quota-Remaining")).hasValue("9");
    }

    @Test
    void refusesATokenOfAnotherSolution() throws Exception {
        HttpResponse<String> answer = call("Authorization", "Bearer " + platform.tokenFor("ann@example.com", "other", "pro"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"token-wrong-solution\"");
    }

    @Test
    void refusesARevokedTokenAtOnce() throws Exception {
        String token = platform.tokenFor("ann@example.com", "text", "pro");
        assertThat(call("Authorization", "Bearer " + token).statusCode()).isEqualTo(200);

        platform.tokens.revoke(token, "test");

        HttpResponse<String> answer = call("Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"token-revoked\"");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer a b", "Basic YTpi", "tok_permanent_x", "Bearertoken"})
    void aCredentialThatIsNoneIsNotTakenForAVisitor(String credential) throws Exception {
        HttpResponse<String> answer = call("Authorization", credential);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"credentials-invalid\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer unknown", "Bearer tok_permanent_unknown"})
    void refusesUnknownTokens(String credential) throws Exception {
        assertThat(call("Authorization", credential).body()).contains("\"code\":\"token-unknown\"");
    }

    @Test
    void refusesAMalformedIdempotencyKey() throws Exception {
        HttpResponse<String> answer = call("Idempotency-Key", "x".repeat(256));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("idempotency_key");
    }

    @Test
    void unmeteredMethodsAndPagesCostNothing() throws Exception {
        for (String path : List.of("/solutions/text/api/version", "/solutions/text/search")) {
            for (int i = 0; i < 5; i++) {
                assertThat(platform.get(path).statusCode()).isEqualTo(200);
            }
        }
    }

    private HttpResponse<String> call(String... headers) throws Exception {
        return platform.post(COUNT, "{\"text\":\"a b\"}", headers);
    }
}
