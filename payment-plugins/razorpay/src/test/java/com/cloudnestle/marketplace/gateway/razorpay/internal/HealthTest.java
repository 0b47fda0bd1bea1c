package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final Workbench bench = new Workbench();
    private final AtomicLong nanos = new AtomicLong(1);
    private final RazorpayApi api = api();
    private final Health health = new Health(api, nanos::get);

    private RazorpayApi api() {
        try {
            AccountSettings settings = new SettingsReader(Workbench.configuration(bench.server.url(), java.util.Map.of()), name -> null).read();
            return new RazorpayApi(settings, new PatientWire(bench.server), wait -> true, nanos::get);
        } catch (ConfigurationMistake e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        api.close();
        bench.close();
    }

    @Test
    void itAsksOnceAndBelievesThatForHalfAMinute() {
        assertThat(health.health().working()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(health.health().working()).isTrue();
        assertThat(bench.server.requests()).hasSize(1);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(health.health().working()).isTrue();
        assertThat(bench.server.requests()).hasSize(2);
    }

    @Test
    void aKeyThatIsRefusedIsToldAndAskedAboutAgainSoon() {
        bench.server.disturb(Trouble.NOT_KNOWN, 1);

        assertThat(health.health().working()).isFalse();
        assertThat(health.health().detail()).startsWith("AUTHENTICATION");
        assertThat(bench.server.requests()).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(health.health().working()).isTrue();
    }

    @Test
    void aServerThatIsAwayIsTold() {
        bench.server.goAway();

        assertThat(health.health().detail()).startsWith("NOT_CONTACTED");
    }
}
