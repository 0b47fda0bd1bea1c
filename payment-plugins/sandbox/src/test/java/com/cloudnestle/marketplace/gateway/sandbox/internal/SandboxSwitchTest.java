package com.cloudnestle.marketplace.gateway.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxSwitchTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "'',                           -,     true",
        "http://localhost:8181,        -,     true",
        "https://market.example.com,   -,     false",
        "' HTTPS://market.example.com',-,     false",
        "https://trial.example.com,    false, true",
        "http://localhost:8181,        true,  false",
        "'',                           yes,   false",
        "https://market.example.com,   '',    false"})
    void startsOnlyWhereItIsNotProduction(String url, String production, boolean starts) {
        Map<String, Object> said = production == null ? Map.of() : Map.of("production", production);

        assertThat(SandboxSwitch.allowed(new PublicAddress(Map.of("public_url", url)), new Seriousness(said))).isEqualTo(starts);
    }
}
