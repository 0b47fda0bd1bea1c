package com.cloudnestle.marketplace.identity.provider.internal;

import static com.cloudnestle.marketplace.identity.provider.internal.Market.CLIENT;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.goTo;
import static com.cloudnestle.marketplace.identity.provider.internal.Market.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Identity;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Start;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as GitHub's documents say. */
class GitHubProviderTest {

    private static final String EMAILS = """
            [{"email":"old@example.com","primary":false,"verified":true,"visibility":null},
             {"email":"octo@example.com","primary":true,"verified":true,"visibility":"private"}]""";

    private ScriptedServer github;
    private Market market;

    @BeforeEach
    void start() throws Exception {
        github = new ScriptedServer();
        github.on("/login/oauth/authorize", (exchange, body) -> {
            Map<String, String> asked = Market.query(exchange.getRequestURI());
            exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?code=c-1&state=" + asked.get("state"));
            ScriptedServer.answer(exchange, 302, "text/plain", "");
        });
        github.json("/login/oauth/access_token", 200, "{\"access_token\":\"gho_1\",\"scope\":\"read:user,user:email\",\"token_type\":\"bearer\"}");
        github.json("/api/v3/user", 200, "{\"login\":\"octocat\",\"id\":583231,\"name\":null,\"email\":\"shown@example.com\"}");
        github.json("/api/v3/user/emails", 200, EMAILS);
        market = new Market(Map.of("providers", "github", "github.url", github.url() + "/", "github.client_id", "Iv1.market",
                "github.client_secret", "hush"));
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void signsInWithThePrimaryVerifiedAddress() throws Exception {
        Start start = market.start("github");
        Map<String, String> asked = Market.query(start.redirect());
        assertThat(asked).containsEntry("scope", "read:user user:email").containsEntry("client_id", "Iv1.market")
                .containsEntry("code_challenge_method", "S256");

        var finished = market.signIn.finish("github", goTo(start.redirect()), start.browserSecret(), CLIENT);

        String account = market.accountOf(finished);
        assertThat(market.accounts.find(account).orElseThrow().email().value()).isEqualTo("octo@example.com");
        assertThat(market.accounts.find(account).orElseThrow().name()).isEqualTo("octocat");
        assertThat(market.signIn.ofAccount(account)).containsExactly(new Identity("github", "octocat"));
        ScriptedServer.Asked redeemed = github.asked("/login/oauth/access_token").get(0);
        assertThat(redeemed.headers()).containsEntry("accept", "application/json");
        Map<String, String> sent = Market.query(URI.create("?" + redeemed.body()));
        assertThat(sent).containsEntry("client_id", "Iv1.market").containsEntry("client_secret", "hush").containsEntry("code", "c-1");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(sent.get("code_verifier").getBytes("US-ASCII"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(hash)).isEqualTo(asked.get("code_challenge"));
        assertThat(github.asked("/api/v3/user").get(0).headers()).containsEntry("authorization", "Bearer gho_1");
    }

    @Test
    void theSameNumberIsTheSamePersonByAnyName() {
        String before = market.accountOf(market.signIn("github"));
        github.json("/api/v3/user", 200, "{\"login\":\"renamed\",\"id\":583231,\"name\":\"Octo Cat\"}");
        github.json("/api/v3/user/emails", 200, "[]");

        assertThat(market.accountOf(market.signIn("github"))).isEqualTo(before);
    }

    @Test
    void onlyThePrimaryAddressCountsAndOnlyIfItIsVerified() {
        github.json("/api/v3/user/emails", 200, EMAILS.replace("\"primary\":true,\"verified\":true", "\"primary\":true,\"verified\":false"));
        assertThat(problem(() -> market.signIn("github"))).isEqualTo("conflict");

        github.json("/api/v3/user/emails", 404, "{\"message\":\"Not Found\"}"); // the person did not allow it
        assertThat(problem(() -> market.signIn("github"))).isEqualTo("conflict");
        assertThat(market.accounts.all()).isEmpty();
    }

    @Test
    void aCodeThatIsNotKnownIsRefusedThoughTheStatusIsGood() {
        github.json("/login/oauth/access_token", 200, "{\"error\":\"bad_verification_code\",\"error_description\":\"expired\"}");
        assertThat(problem(() -> market.signIn("github"))).isEqualTo("sign-in-refused");
    }

    @Test
    void whatIsNotAsDocumentedIsUnavailable() {
        for (String user : new String[] {"{}", "[]", "{\"id\":\"583231\",\"login\":\"octocat\"}", "{\"message\":\"Bad credentials\"}"}) {
            github.json("/api/v3/user", 200, user);
            assertThat(problem(() -> market.signIn("github"))).as(user).isEqualTo("provider-unavailable");
        }
        github.json("/login/oauth/access_token", 200, "{\"error\":\"incorrect_client_credentials\"}");
        assertThat(problem(() -> market.signIn("github"))).isEqualTo("provider-unavailable");
        github.close();
        assertThat(problem(() -> market.signIn.finish("github", Map.of("state", "x"), "y", CLIENT))).isEqualTo("sign-in-refused");
    }
}
