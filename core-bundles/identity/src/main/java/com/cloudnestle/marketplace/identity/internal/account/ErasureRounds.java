package com.cloudnestle.marketplace.identity.internal.account;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Looks now and then for erasures that were cut off. */
@Component(service = ErasureRounds.class, immediate = true)
public final class ErasureRounds {

    private static final int FIRST_SECONDS = 60;
    private static final int EVERY_SECONDS = 60;

    private final ScheduledExecutorService rounds;

    @Activate
    public ErasureRounds(@Reference Farewell farewell) {
        rounds = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "marketplace-erasures");
            thread.setDaemon(true);
            return thread;
        });
        rounds.scheduleWithFixedDelay(farewell::finishCutOff, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    public void stop() {
        rounds.shutdownNow();
    }
}
