package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Version after version takes over while customers call. */
class SwapTest {

    private static final int SWAPS = 200;
    private static final int CALLERS = 4;
    private static final String EMAIL = "ann@example.com";

    private final Platform platform = new Platform();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

    /** The version that is being put on the air, and the last one that is. */
    private final AtomicInteger coming = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Semaphore answered = new Semaphore(0);

    /** @param oldest the version that was on the air before the call, {@code newest} what may have been there at its end */
    private record Answer(int status, String body, int oldest, int newest) {
        boolean right() {
            if (status != 200) {
                return false;
            }
            int version = Integer.parseInt(body.replaceAll("\\D", ""));
            return oldest <= version && version <= newest;
        }
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        platform.close();
    }

    @Test
    @Timeout(600)
    void everyCallIsAnsweredOnceByAVersionOfItsTime() throws Exception {
        long serving = deploy(0);
        String token = platform.tokenFor(EMAIL, "text", "pro");
        List<Future<List<Answer>>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(threads.submit(() -> call(token)));
        }
        for (int version = 1; version <= SWAPS; version++) {
            assertThat(answered.tryAcquire(answered.availablePermits() + 1, 60, TimeUnit.SECONDS)).as("calls go on").isTrue();
            long next = deploy(version);
            platform.host.left(serving);
            serving = next;
        }
        over.set(true);

        List<Answer> answers = new ArrayList<>();
        for (Future<List<Answer>> caller : callers) {
            answers.addAll(caller.get());
        }
        assertThat(answers).hasSizeGreaterThanOrEqualTo(SWAPS).allMatch(Answer::right);
        assertThat(counted()).as("units counted").isEqualTo(answers.size());
        assertThat(platform.only().version()).isEqualTo("1.0." + SWAPS);
    }

    private long deploy(int version) {
        coming.set(version);
        long service = platform.deploy("com.example.text", "1.0." + version, new TextSolution("text", "v" + version));
        live.set(version);
        return service;
    }

    private List<Answer> call(String token) throws Exception {
        List<Answer> answers = new ArrayList<>();
        while (!over.get()) {
            int oldest = live.get();
            HttpResponse<String> response = platform.post(
                    "/solutions/text/api/count", "{\"text\":\"a\"}", "Authorization", "Bearer " + token);
            answers.add(new Answer(response.statusCode(), response.body(), oldest, coming.get()));
            answered.release();
        }
        return answers;
    }

    private long counted() {
        Subject ann = new Subject.User(platform.customers.findOrCreate(EMAIL).id());
        LocalDate day = LocalDate.ofInstant(Platform.NOON, ZoneOffset.UTC);
        return platform.quotas.usage(ann, day, day, "text", 10, null).rows().stream().mapToLong(DailyUsage::units).sum();
    }
}
