package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node that the service does not believe any more: its credentials, or its clock. */
class CredentialFaultTest {

    private static final int THREADS = 4;
    private static final int EACH = 25;

    private static Disturbed disturbed;

    private final Key key = Disturbed.fresh();
    private final LogLines log = new LogLines();

    @BeforeAll
    static void connect() {
        disturbed = new Disturbed();
    }

    @AfterAll
    static void disconnect() {
        disturbed.close();
    }

    @AfterEach
    void calm() {
        log.close();
        disturbed.proxy.rule(FaultRule.NONE);
        disturbed.pass(Duration.ofMinutes(2));
    }

    @Test
    void expiredOnesAreFetchedAnewBeforeAnybodyNotices() {
        disturbed.pass(Duration.ofMinutes(1));
        int before = disturbed.fetches.get();
        disturbed.proxy.rule(FaultRule.nth("UpdateItem", 1, Fault.EXPIRED_TOKEN));
        disturbed.store.write(Disturbed.add(key));
        assertThat(disturbed.fetches.get()).isEqualTo(before + 1);
        assertThat(disturbed.counted(key)).isEqualTo(1);
        assertThat(log.of("store_credentials_refused")).isEmpty();
    }

    @Test
    void expiringUnderLoadLoseNothingWakeSomebodyOnceAndRecoverByThemselves() {
        AtomicInteger refusedByProxy = new AtomicInteger();
        disturbed.proxy.rule(request -> { // requests 21 to 60 of the 100
            boolean expired = request.number() > 20 && request.number() <= 60;
            refusedByProxy.addAndGet(expired ? 1 : 0);
            return expired ? Fault.EXPIRED_TOKEN : Fault.NONE;
        });
        List<Integer> applied = Together.run(THREADS, () -> {
            int done = 0;
            for (int i = 0; i < EACH; i++) {
                try {
                    disturbed.store.write(Disturbed.add(key));
                    done++;
                } catch (StoreException.Unavailable e) {
                    assertThat(e).hasMessage("the store refuses this node");
                }
            }
            return done;
        });
        int acknowledged = applied.stream().mapToInt(Integer::intValue).sum();
        assertThat(refusedByProxy).hasValue(40);
        assertThat(acknowledged).as("refused ones failed, at most as many as were refused").isBetween(60, 99);
        assertThat(disturbed.counted(key)).isEqualTo(acknowledged);
        assertThat(log.of("store_credentials_refused")).hasSize(1).first().asString().contains("ERROR", "ExpiredToken", "expired");
        disturbed.store.write(Disturbed.add(key));
        assertThat(disturbed.counted(key)).as("without a restart").isEqualTo(acknowledged + 1);
    }

    @Test
    void areFetchedAnewAtMostEveryFiveSecondsAndLoggedOnceAMinute() {
        disturbed.proxy.rule(FaultRule.always("GetItem", Fault.answer(400,
                "com.amazon.coral.service#UnrecognizedClientException", "The security token included in the request is invalid.")));
        disturbed.pass(Duration.ofMinutes(1));
        int before = disturbed.fetches.get();
        for (int i = 0; i < 65; i++) {
            assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() -> disturbed.store.get(key));
            disturbed.pass(Duration.ofSeconds(1));
        }
        assertThat(disturbed.fetches.get() - before).isBetween(10, 14);
        assertThat(log.of("store_credentials_refused")).hasSize(2);
    }

    @Test
    void aSignatureFromAWrongClockIsSaidToBeSo() {
        disturbed.proxy.rule(FaultRule.always("GetItem", Fault.answer(400, "com.amazon.coral.service#InvalidSignatureException",
                "Signature expired: 20260301T115000Z is now earlier than 20260301T115500Z")));
        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() -> disturbed.store.get(key));
        assertThat(log.of("store_credentials_refused")).hasSize(1).first().asString().contains("ERROR", "Signature expired");
    }

    @Test
    void aClockThatGoesWrongWhileRunningIsAWarning() {
        Instant served = Instant.parse("2026-03-01T12:00:00Z");
        try (Disturbed strict = Disturbed.strict(Duration.ofMinutes(10))) {
            long serverSeconds = LocalStore.serverTime().getEpochSecond();
            Duration toServed = Duration.ofSeconds(served.getEpochSecond() - serverSeconds);
            strict.proxy.rule(FaultRule.always("GetItem", Fault.shiftDate(toServed)));
            strict.clock.set(served);
            strict.store.get(key);
            strict.clock.set(served.plusSeconds(3600));
            strict.store.get(key);
            assertThat(log.of("store_clock_skew")).hasSize(1).first().asString().contains("WARN", "ahead of", "NTP");
        }
    }
}
