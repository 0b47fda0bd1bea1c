package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where gateways are tried, one that did badly stays away from buyers. */
class TriedOffersTest {

    private final InstalledGateways installed = new InstalledGateways(List.of(new Provider("lab", "acc_1")));
    private final Offers offers = new Offers(installed, new PaymentSettings(
            World.india(), false, false, Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2), World.DOCUMENTS),
            new ManualClock(Instant.parse("2026-11-01T06:30:00Z")));

    @Test
    void aGatewayThatFailedItsTrialIsNotOfferedAndOperatorsReadWhy() {
        installed.trials = gateway -> gateway.equals("lab") ? Optional.of("it failed 2 of 97 trials") : Optional.empty();

        assertThat(offers.offered(World.FINDER, World.TOTAL)).isEmpty();
        assertThat(offers.statuses()).singleElement().satisfies(
                status -> assertThat(status.problem()).isEqualTo("it failed 2 of 97 trials"));
    }

    @Test
    void aGatewayThatPassedOrWasNotTriedIsOffered() {
        assertThat(offers.offered(World.FINDER, World.TOTAL)).hasSize(1);

        installed.trials = gateway -> Optional.empty();

        assertThat(offers.offered(World.FINDER, World.TOTAL)).hasSize(1);
        assertThat(offers.statuses()).singleElement().satisfies(status -> assertThat(status.problem()).isEmpty());
    }
}
