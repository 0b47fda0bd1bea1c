package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.testing.PatchedClasses;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Units come back at the worst moment: just after a decision has looked at what is left. Two threads meet there once in ten thousand tries. */
class LateReturnTest {

    private static final AtomicReference<Runnable> AFTER_LOOK = new AtomicReference<>(() -> {});

    /** Called by the changed block; runs once what a test has left here. */
    static void looked() {
        AFTER_LOOK.getAndSet(() -> {}).run();
    }

    @Test
    void aRefusalThatMissedThemIsNotRemembered() throws Exception {
        PatchedClasses classes = PatchedClasses.of(Path.of("src/main/java"), Block.class.getName(), "return Math.max(0, left.get());",
                "long seen = Math.max(0, left.get()); LateReturnTest.looked(); return seen;");

        ((Runnable) classes.loadClass(Meeting.class.getName()).getConstructor().newInstance()).run();
    }

    /** Loaded a second time, with the changed block. */
    public static final class Meeting implements Runnable {
        @Override
        public void run() {
            QuotaFixture fix = new QuotaFixture();
            fix.publish(TierPlan.of("registered", QuotaFixture.perDay(10)));
            fix.tier("registered");
            Allowed failed = (Allowed) fix.quotas.decide(fix.request(fix.ann, 5));
            AFTER_LOOK.set(() -> fix.quotas.giveBack(failed.receipt().orElseThrow()));

            Decision tooEarly = fix.quotas.decide(fix.request(fix.ann, 9));

            assertThat(tooEarly).isInstanceOf(Denied.class);
            assertThat(fix.remaining(fix.ann)).as("they came back meanwhile").isEqualTo(10);
            assertThat(fix.quotas.decide(fix.request(fix.ann, 9))).isInstanceOf(Allowed.class);
        }
    }
}
