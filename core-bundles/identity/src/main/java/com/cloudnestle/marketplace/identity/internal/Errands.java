package com.cloudnestle.marketplace.identity.internal;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no request waits for: mails, whose work would tell by its time whether there is an account, and marks of last use.
 * One thread; when more than a thousand errands wait, whoever brings one does it.
 */
@Component(service = Errands.class)
public final class Errands implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final int WAITING = 1_000;
    private static final long LAST_SECONDS = 5;

    private final Executor runner;
    private final Optional<ThreadPoolExecutor> thread;

    @Activate
    public Errands() {
        ThreadPoolExecutor own = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Errands::thread, (task, pool) -> task.run());
        runner = own;
        thread = Optional.of(own);
    }

    /** With somebody else's thread. */
    public Errands(Executor runner) {
        this.runner = runner;
        thread = Optional.empty();
    }

    @Override
    public void execute(Runnable errand) {
        runner.execute(() -> {
            try {
                errand.run();
            } catch (RuntimeException e) {
                LOG.warn("event=identity_errand_failed", e);
            }
        });
    }

    /** Does what waits, for a few seconds. */
    @Deactivate
    public void close() {
        thread.ifPresent(Errands::finish);
    }

    private static void finish(ThreadPoolExecutor thread) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=identity_errands_left count={}", thread.getQueue().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "marketplace-identity");
        thread.setDaemon(true);
        return thread;
    }
}
