package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** API keys of people on a solution's own calls: the same answers as the validate calls give. */
class PersonKeysTest {

    private static final String COUNT = "/solutions/text/api/count";

    private final Platform platform = new Platform();

    @BeforeEach
    void deploy() {
        SolutionDescriptor descriptor = new SolutionDescriptor("text", List.of(), "Text", "", "",
                List.of(new Meter("count", "count"), new Meter("draw", "picture")), SolutionDescriptor.DEFAULT_PROFILE, List.of(), "",
                Optional.empty());
        platform.deploy("com.example.text", "1.0.0", () -> new TextSolution(descriptor, "ok"), Map.of());
        platform.deploy("com.example.other", "1.0.0", new TextSolution("other", "other"));
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void aKeyUsesWhatItsOwnerHas() throws Exception {
        String token = platform.tokenFor("ann@example.com", "text", "registered");
        String key = platform.keyFor("ann@example.com", "text").secret();

        HttpResponse<String> byKey = call(key);
        HttpResponse<String> byToken = call(token);

        assertThat(byKey.statusCode()).isEqualTo(200);
        assertThat(byKey.headers().firstValue("X-Marketplace-Tier")).hasValue("registered");
        assertThat(byKey.headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue("9");
        assertThat(byToken.headers().firstValue("X-Marketplace-Quota-Remaining")).hasValue("8");
    }

    @Test
    void aKeyAtTheLimitIsToldHowToUpgradeAndNotHowToRegister() throws Exception {
        String key = platform.keyFor("ann@example.com", "text").secret();
        for (int i = 0; i < 10; i++) {
            call(key);
        }

        HttpResponse<String> refused = call(key);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"access_tier\":\"registered\"", "\"upgrade_url\":\"/upgrade?solution_id=text\"");
    }

    @Test
    void aKeyMayUseOnlyItsActions() throws Exception {
        assertThat(call(platform.keyFor("ann@example.com", "text", "count").secret()).statusCode()).isEqualTo(200);

        HttpResponse<String> refused = call(platform.keyFor("ann@example.com", "text", "draw").secret());

        assertProblem(refused, 403, "not-allowed");
        assertThat(call(platform.keyFor("ann@example.com", "text").secret()).headers()
                .firstValue("X-Marketplace-Quota-Remaining")).as("the refused call cost nothing").hasValue("8");
    }

    @Test
    void aKeyOfAnotherSolutionIsRefused() throws Exception {
        assertProblem(call(platform.keyFor("ann@example.com", "other").secret()), 403, "token-wrong-solution");
    }

    @Test
    void aKeyEndsWhenItExpires() throws Exception {
        IssuedKey key = platform.keyFor("ann@example.com", "text");
        IssuedKey brief = platform.keys.issue(key.info().customerId(), "text", "short", Set.of(),
                Optional.of(platform.clock.instant().plus(Duration.ofHours(1))));
        assertThat(call(brief.secret()).statusCode()).isEqualTo(200);

        platform.clock.advance(Duration.ofHours(1));

        assertProblem(call(brief.secret()), 401, "credentials-invalid");
        assertThat(call(key.secret()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyEndsAtOnce() throws Exception {
        IssuedKey key = platform.keyFor("ann@example.com", "text");
        assertThat(call(key.secret()).statusCode()).isEqualTo(200);

        platform.keys.revoke(key.info().customerId(), key.info().id(), "test");

        HttpResponse<String> answer = call(key.secret());
        assertProblem(answer, 401, "credentials-invalid");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void whatOnlyLooksLikeAKeyIsRefused() throws Exception {
        assertProblem(call("cnk_nothing"), 401, "credentials-invalid");
    }

    @Test
    void withoutAccountsAKeyIsNoCredential() throws Exception {
        String key = platform.keyFor("ann@example.com", "text").secret();
        CallSubjects without = new CallSubjects(platform.tokens, new PersonKeys(), platform.visitors);
        Stage stage = new Stage(platform.catalog, platform.runtime,
                solution -> new SolutionGate(solution, without, platform.quotas, platform.clock));
        SolutionDescriptor alone = SolutionDescriptor.of("alone", "Alone", "", "count");
        stage.open(new Offer(new TextSolution(alone, "ok"), alone, List.of(new TextSolution(alone, "ok")),
                new WebFiles(Map.of(), Platform.NOON)), null);

        assertProblem(platform.post("/solutions/alone/api/count", "{\"text\":\"a\"}", "Authorization", "Bearer " + key),
                401, "credentials-invalid");
        assertThat(platform.post("/solutions/alone/api/count", "{\"text\":\"a\"}").statusCode()).isEqualTo(200);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private HttpResponse<String> call(String secret) throws Exception {
        return platform.post(COUNT, "{\"text\":\"a b\"}", "Authorization", "Bearer " + secret);
    }
}
