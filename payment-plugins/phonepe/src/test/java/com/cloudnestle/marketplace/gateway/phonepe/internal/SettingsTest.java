package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Map<String, Object> SOUND = Map.of("service.pid", "com.cloudnestle.marketplace.gateway.phonepe~a", "merchant_id", "M1",
            "client_id", "c1", "client_secret", "s3cret-of-calls", "webhook_username", "webuser_1", "webhook_password", "Passw0rd9");

    private static PaymentGateway gateway(Map<String, Object> configuration, Map<String, String> environment) {
        GatewayAssembly assembly = new GatewayAssembly(new Settings(configuration, environment::get));
        return assembly.gateway(request -> {
            throw new AssertionError("nothing is sent at the start");
        }, Runnable::run, new Repetition(assembly.patience()), () -> Instant.EPOCH);
    }

    private static Map<String, Object> with(Map<String, Object> changes) {
        Map<String, Object> all = new HashMap<>(SOUND);
        all.putAll(changes);
        all.values().removeIf(""::equals);
        return all;
    }

    private static String mistake(Map<String, Object> changes) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> gateway(with(changes), Map.of())).getMessage();
    }

    @Test
    void theDefaultIsTheSandboxWhichMovesNoMoney() {
        PaymentGateway gateway = gateway(SOUND, Map.of());

        assertThat(gateway.id()).isEqualTo("phonepe");
        assertThat(gateway.account()).isEqualTo("M1");
        assertThat(gateway.capabilities().mode()).isEqualTo(Mode.TEST);
        assertThat(gateway.capabilities().currencies()).containsExactly("INR");
        assertThat(gateway.mandates()).isEmpty();
        assertThat(gateway(with(Map.of("environment", "production", "id", "phonepe-2")), Map.of()).capabilities().mode()).isEqualTo(Mode.LIVE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            merchant_id              |                                  | merchant_id is missing
            client_id                |                                  | client_id is missing
            client_secret            |                                  | client_secret is missing
            webhook_password         |                                  | webhook_password is missing
            webhook_password         | short                            | webhook_password must be
            webhook_username         | a b                              | webhook_username must be
            id                       | PhonePe                          | id must be
            environment              | live                             | environment must be one of
            generation               | v3                               | generation must be one of
            webhook_auth             | md5                              | webhook_auth must be one of
            webhook_auth             | hmac                             | webhook_key_id is missing
            checkout                 | popup                            | checkout must be one of
            client_secert            | typo                             | client_secert is not a key
            pg_base_url              | http://pg.example.invalid        | pg_base_url must be
            pg_base_url              | https://u:p@pg.example.invalid   | pg_base_url must be
            pg_base_url              | nonsense                         | pg_base_url must be
            timeout_seconds          | 0                                | timeout_seconds must be
            maximum_paise            | 99                               | maximum_paise must be
            autopay_maximum_paise    | 1500001                          | -
            name                     | a name that is much longer than forty characters | name must be
            """)
    void mistakesAreNamed(String key, String value, String expected) {
        Map<String, Object> changes = Map.of(key, value == null ? "" : value);
        if (expected.equals("-")) {
            assertThat(mistake(Map.of(key, value, "autopay", "true"))).startsWith(key + " must be");
        } else {
            assertThat(mistake(changes)).contains(expected);
        }
    }

    @Test
    void inProductionNothingOfTheSandboxAndNothingWithoutHttpsIsUsed() {
        assertThat(mistake(Map.of("environment", "production", "pg_base_url", "http://127.0.0.1:1"))).contains("pg_base_url");
        assertThat(mistake(Map.of("environment", "production", "oauth_base_url", "http://127.0.0.1:1"))).contains("oauth_base_url");
        assertThat(mistake(Map.of("environment", "production", "pg_base_url", "https://api-preprod.phonepe.com/apis/pg-sandbox")))
                .contains("sandbox");
    }

    @Test
    void noMistakeShowsASecret() {
        assertThat(mistake(Map.of("webhook_password", "tiny#1"))).doesNotContain("tiny#1");
        assertThat(new Settings(SOUND, name -> null).toString()).doesNotContain("s3cret");
        assertThat(gateway(SOUND, Map.of()).toString()).doesNotContain("s3cret");
        assertThat(new ClientKeys("c1", new Secret("s3cret"), "1").toString()).doesNotContain("s3cret");
    }

    @Test
    void secretsComeFromFilesOrTheEnvironmentToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret-in-a-file\n");
        Map<String, Object> byFile = with(Map.of("client_secret", "", "client_secret_file", file.toString()));
        Map<String, Object> byVariable = with(Map.of("client_secret", "", "id", "phonepe-2"));

        assertThat(new Settings(byFile, name -> null).requiredSecret("client_secret").value()).isEqualTo("s3cret-in-a-file");
        assertThat(new Settings(byVariable, Map.of("MARKETPLACE_PHONEPE_2_CLIENT_SECRET", "from-outside")::get)
                .requiredSecret("client_secret").value()).isEqualTo("from-outside");
        assertThat(mistake(Map.of("client_secret_file", folder.resolve("none").toString()))).contains("client_secret_file cannot be read");
    }

    @Test
    void aPreviousSecretNeedsAnEnd() {
        assertThat(mistake(Map.of("webhook_previous_password", "Passw0rd8"))).contains("webhook_previous_until");
        assertThat(mistake(Map.of("webhook_previous_password", "Passw0rd8", "webhook_previous_until", "tomorrow")))
                .contains("webhook_previous_until must be");
    }

    @Test
    void withoutNotificationsNoneIsOurs() {
        PaymentGateway silent = gateway(with(Map.of("webhook_auth", "none")), Map.of());

        assertThat(silent.authenticate(new RawWebhook(List.of(new RawWebhook.Header("authorization", "x")), new byte[0], Instant.EPOCH)))
                .isInstanceOf(WebhookResult.NotForUs.class);
    }

    @Test
    void theOldApiNeedsASaltKeyAndAnAddressForCallbacks() {
        Map<String, Object> old = Map.of("generation", "v1", "salt_key", "s", "callback_url", "https://m.example.invalid/hook");

        assertThat(gateway(with(old), Map.of()).capabilities().failedIsFinal()).isFalse();
        assertThat(mistake(Map.of("generation", "v1", "callback_url", "https://m.example.invalid/hook"))).contains("salt_key is missing");
        assertThat(mistake(Map.of("generation", "v1", "salt_key", "s"))).contains("callback_url");
    }
}
