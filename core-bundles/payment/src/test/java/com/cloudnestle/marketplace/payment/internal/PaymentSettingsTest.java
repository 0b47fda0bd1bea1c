package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentSettingsTest {

    private static PaymentsComponent.Config config(Map<String, Object> said) {
        Map<String, Object> values = new HashMap<>(said);
        return (PaymentsComponent.Config) Proxy.newProxyInstance(PaymentSettingsTest.class.getClassLoader(),
                new Class<?>[] {PaymentsComponent.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    static PaymentSettings settings(Map<String, Object> said) {
        return PaymentSettings.of(config(said), false);
    }

    @Test
    void hasNoTaxAndTakesAllGatewaysUntilToldOtherwise() {
        PaymentSettings settings = settings(Map.of());

        assertThat(settings.taxes().rates()).isEmpty();
        assertThat(settings.offered()).isEmpty();
        assertThat(settings.refundLate()).isFalse();
        assertThat(settings.production()).isFalse();
        assertThat(settings.checkoutFor()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void readsRowsDividedByCommas() {
        PaymentSettings settings = settings(Map.of("seller_country", "in", "seller_gstin", "29AAACL1234C1Z1",
                "tax_rates", new String[] {"2017-07-01 IN GST 1800, 2030-01-01 IN GST 2000"},
                "gateways", new String[] {"razorpay , finder:phonepe"}, "late_success", "refund"));

        assertThat(settings.taxes().rates()).hasSize(2);
        assertThat(settings.taxes().state()).isEqualTo("29");
        assertThat(settings.taxes().exportsInRupees()).isFalse();
        assertThat(settings.offered()).containsExactly("razorpay", "finder:phonepe");
        assertThat(settings.refundLate()).isTrue();
    }

    @Test
    void takesRupeesForExportsOnlyIfTold() {
        assertThat(settings(Map.of("exports_in_rupees", true)).taxes().exportsInRupees()).isTrue();
    }

    @Test
    void isProductionWhereItIsSaidOrElseWherePeopleComeByHttps() {
        assertThat(PaymentSettings.of(config(Map.of()), true).production()).isTrue();
        assertThat(PaymentSettings.of(config(Map.of("production", "false")), true).production()).isFalse();
        assertThat(settings(Map.of("production", "true")).production()).isTrue();
        assertThat(new PublicAddress(Map.of("public_url", "https://market.example/"), name -> null).secure()).isTrue();
        assertThat(new PublicAddress(Map.of(), name -> null).secure()).isFalse();
        assertThat(new PublicAddress(Map.of(), name -> "9000").waitingPage("pay_1")).isEqualTo(URI.create("http://localhost:9000/pay/pay_1"));
    }

    @Test
    void refusesValuesThatCannotBeMeant() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("late_success", "keep"), Map.of("checkout_minutes", 4), Map.of("checkout_minutes", 61),
                Map.of("poll_seconds", 0), Map.of("production", "yes"), Map.of("seller_gstin", "29AAACL1234C1Z1"),
                Map.of("tax_rates", new String[] {"18 %"}))) {
            assertThatIllegalArgumentException().as("%s", wrong).isThrownBy(() -> settings(wrong));
        }
    }
}
