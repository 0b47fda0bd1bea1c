package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Map<String, Object> live() {
        return new HashMap<>(Map.of("account_id", "acc_Lab1", "key_id", "rzp_live_Lab00000000001", "key_secret", "ks-4711",
                "webhook_secret", "ws-0815"));
    }

    private static AccountSettings read(Map<String, Object> properties) throws ConfigurationMistake {
        return new SettingsReader(properties, name -> null).read();
    }

    private static void mistake(Map<String, Object> properties, String problem) {
        assertThatExceptionOfType(ConfigurationMistake.class).isThrownBy(() -> read(properties)).withMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ks-4711").doesNotContain("ws-0815"));
    }

    @Test
    void fourKeysAreEnough() throws ConfigurationMistake {
        AccountSettings settings = read(live());

        assertThat(settings.gateway()).isEqualTo("razorpay");
        assertThat(settings.account()).isEqualTo("acc_Lab1");
        assertThat(settings.live()).isTrue();
        assertThat(settings.api()).hasToString("https://api.razorpay.com");
        assertThat(settings.script()).hasToString("https://checkout.razorpay.com/v1/checkout.js");
        assertThat(settings.capabilities().scriptOrigins()).contains("https://checkout.razorpay.com", "https://api.razorpay.com");
        assertThat(settings.capabilities().takes(Workbench.inr(100))).isTrue();
        assertThat(settings.capabilities().takes(Workbench.inr(99))).isFalse();
        assertThat(settings.links()).isFalse();
    }

    @Test
    void whatAContainerAddsIsNoMistake() throws ConfigurationMistake {
        Map<String, Object> properties = live();
        properties.putAll(Map.of("service.pid", "x", "service.factoryPid", "x", "component.id", 4L, "component.name", "x",
                "felix.fileinstall.filename", "file:x", "org.apache.karaf.features.configKey", "x", ".private", "x"));

        assertThat(read(properties).account()).isEqualTo("acc_Lab1");
    }

    @Test
    void theKeyTellsTestFromLive() throws ConfigurationMistake {
        Map<String, Object> properties = live();
        properties.put("key_id", "rzp_test_Lab00000000001");

        assertThat(read(properties).capabilities().mode()).isEqualTo(Mode.TEST);
    }

    @Test
    void secretsMayBeInFilesOrTheEnvironment(@TempDir Path folder) throws IOException, ConfigurationMistake {
        Path file = Files.writeString(folder.resolve("secret"), "from-file\n");
        Map<String, Object> properties = live();
        properties.remove("key_secret");
        properties.remove("webhook_secret");
        properties.put("id", "razorpay-two");
        properties.put("key_secret_file", file.toString());

        AccountSettings settings = new SettingsReader(properties,
                name -> name.equals("MARKETPLACE_RAZORPAY_TWO_WEBHOOK_SECRET") ? "from-environment" : null).read();

        assertThat(settings.keySecret().value()).isEqualTo("from-file");
        assertThat(settings.webhookSecrets().current().value()).isEqualTo("from-environment");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatExceptionOfType(ConfigurationMistake.class).isThrownBy(() -> read(Map.of("id", "No!", "key-secret", "ks-4711")))
                .satisfies(e -> assertThat(e.getMessage()).contains("[key-secret] are not keys", "id must be", "key_id must be", "account_id must be",
                        "key_secret is missing", "MARKETPLACE_RAZORPAY_KEY_SECRET", "webhook_secret is missing").doesNotContain("4711"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "key_id; rk_live_1; key_id must be", "key_id; rzp_live_; key_id must be", "account_id; Lab1; account_id must be",
            "key_secret; two words; key_secret must be printable", "webhook_secret; ks-4711; webhook_secret must not be the key_secret",
            "previous_webhook_secrets; justasecret; previous_webhook_secrets must be", "previous_webhook_secrets; soon=ws-0815; previous_webhook_secrets must be",
            "key_secret_file; /nowhere/at/all; key_secret_file cannot be read", "base_url; http://api.example.invalid; base_url must be an https",
            "base_url; https://u:p@api.example.invalid; base_url must be", "base_url; ::; base_url is no address", "checkout_url; ftp://x; checkout_url must be",
            "checkout; popup; checkout must be script or link", "currencies; INR,RUPEE; currencies must be", "minimum_minor; 99; minimum_minor must be at least 100",
            "minimum_minor; 1.5; minimum_minor must be a whole", "maximum_minor; 99; maximum_minor at least as much", "request_timeout_millis; 5; request_timeout_millis must be",
            "name; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; name must have"})
    void aMistakeNamesItsKey(String key, String value, String problem) {
        Map<String, Object> properties = live();
        properties.put(key, value);

        mistake(properties, problem);
    }

    @Test
    void nothingThatHoldsSecretsShowsThem() throws ConfigurationMistake {
        AccountSettings settings = read(live());

        assertThat(settings + " " + settings.webhookSecrets() + settings.keySecret() + new SettingsReader(live(), name -> null))
                .doesNotContain("ks-4711").doesNotContain("ws-0815");
    }
}
