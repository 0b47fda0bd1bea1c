package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.UnusableGateway;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose configuration cannot be used. */
class UnusableOffersTest {

    private final PaymentGateway unusable = new UnusableGateway("lab", "Lab", "key_secret is missing");

    private static Offers offers(boolean production, PaymentGateway... gateways) {
        PaymentSettings settings = new PaymentSettings(
                World.india(), false, production, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2), World.DOCUMENTS);
        return new Offers(new InstalledGateways(List.of(gateways)), settings, new ManualClock(Instant.parse("2026-11-01T06:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotOfferedAndOperatorsReadTheMistake(boolean production) {
        Offers offers = offers(production, unusable);

        assertThat(offers.offered(World.FINDER, World.TOTAL)).isEmpty();
        assertThat(offers.statuses()).singleElement().satisfies(
                status -> assertThat(status.problem()).isEqualTo("key_secret is missing"));
    }

    @Test
    void isForItsProviderAReasonToTryAgain() {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> offers(false, unusable).senders(Optional.of("lab")))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.PROVIDER_UNAVAILABLE));
    }

    @Test
    void standsInNobodyElsesWay() {
        Provider sound = new Provider("lab", "acc_1");

        assertThat(offers(false, unusable, sound).senders(Optional.of("lab"))).containsExactly(sound);
    }
}
