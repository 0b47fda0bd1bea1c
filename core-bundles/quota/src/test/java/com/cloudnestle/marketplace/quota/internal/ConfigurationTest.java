package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration's keys, as the container hands them over, and what is made of them. */
class ConfigurationTest {

    private static final Path SHIPPED =
            Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.quota.cfg");

    /** As Declarative Services makes the names of properties out of those of methods. */
    private static String key(Method method) {
        return method.getName().replace("__", "\u0000").replace('_', '.').replace('\u0000', '_');
    }

    /** The annotation as the container makes it: texts are turned into what the method gives, or the method throws. */
    private static QuotaComponent.Config config(Map<String, String> values) {
        return (QuotaComponent.Config) Proxy.newProxyInstance(
                ConfigurationTest.class.getClassLoader(), new Class<?>[] {QuotaComponent.Config.class},
                (proxy, method, arguments) -> {
                    String value = values.get(key(method));
                    if (value == null) {
                        return method.getDefaultValue();
                    }
                    if (method.getReturnType() == int.class) {
                        return Integer.valueOf(value);
                    }
                    return method.getReturnType() == long.class ? Long.valueOf(value) : new String[] {value};
                });
    }

    private static QuotaSettings settings(String key, String value) {
        return ConfiguredSettings.of(config(Map.of(key, value)));
    }

    private static Properties shipped() throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(SHIPPED)) {
            properties.load(text);
        }
        return properties;
    }

    @Test
    void theFileHasEveryKeyAndNoOtherAndSaysTheDefaults() throws IOException {
        Set<String> keys = Stream.of(QuotaComponent.Config.class.getDeclaredMethods())
                .map(ConfigurationTest::key)
                .collect(Collectors.toSet());
        assertThat(shipped().stringPropertyNames()).isEqualTo(keys).contains("lease_units");

        Map<String, String> values =
                shipped().stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped()::getProperty));
        assertThat(ConfiguredSettings.of(config(values))).isEqualTo(QuotaSettings.defaults());
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        assertThat(ConfiguredSettings.of(config(Map.of()))).isEqualTo(QuotaSettings.defaults());
    }

    @Test
    void everyKeyChangesWhatItNames() {
        assertThat(settings("lease_units", "1").leaseUnits()).isEqualTo(1);
        assertThat(settings("lease_from_limit", "0").leaseFromLimit()).isZero();
        assertThat(settings("hand_back_after_seconds", "7").handBackAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings("cache_seconds", "0").cacheFor()).isZero();
        assertThat(settings("negative_cache_seconds", "1").negativeCacheFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings("visitor_retention_days", "30").visitorRetention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings("max_accounts", "10").maxAccounts()).isEqualTo(10);
        assertThat(settings("keep_usage_on", "registered>pro, trial>pro").keepUsageOn())
                .containsExactlyInAnyOrder("registered>pro", "trial>pro");
    }

    @ParameterizedTest
    @CsvSource({
        "lease_units, 0", "lease_units, 100001", "lease_units, many", "lease_units, ''", "lease_from_limit, -1",
        "hand_back_after_seconds, -1", "cache_seconds, 86401", "negative_cache_seconds, 5s", "visitor_retention_days, 0",
        "visitor_retention_days, 2000000000", "max_accounts, 0"
    })
    void aValueThatCannotBeUsedLeavesTheDefault(String key, String value) {
        assertThat(settings(key, value)).isEqualTo(QuotaSettings.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "registered=>pro", "registered>pro>max", "a b>c", ">", ""})
    void aPairThatIsNoneIsLeftOutAndTheOthersStay(String pair) {
        assertThat(settings("keep_usage_on", pair + ",registered>pro").keepUsageOn()).containsExactly("registered>pro");
    }
}
