package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends notifications as a provider does: each at its time, however many are not answered yet, and again until it is acknowledged.
 * Waiting is counted from the planned time, so that a server that stalls is not spared the requests it held up.
 */
final class Deliveries implements AutoCloseable {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    /** More than anybody waits for: what is never acknowledged shows in {@link #finish}. */
    private static final int MAX_ATTEMPTS = 200;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(LONGEST_ANSWER).build();
    private final ScheduledExecutorService times = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService events = Executors.newSingleThreadExecutor();
    private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> defects = new ConcurrentLinkedQueue<>();
    private final Phaser underWay = new Phaser(1);
    private final Random jitter = new Random(7);
    private final URI address;
    private final Duration firstPause;

    /** @param firstPause before an attempt is repeated; doubled each time, and up to half of it more or less */
    Deliveries(URI address, Duration firstPause) {
        this.address = address;
        this.firstPause = firstPause;
    }

    /**
     * @param planned and the others: {@link System#nanoTime()}; {@code sent} is later by as much as this program itself was late
     * @param status 0: there was no answer
     */
    record Attempt(String notification, int number, long planned, long sent, long answered, int status) {
        boolean acknowledged() {
            return status == 200;
        }
    }

    /** What happens at the provider and is to be told is asked for only when the time has come. */
    void plan(long nanoTime, Supplier<Notification> happens) {
        underWay.register();
        at(nanoTime, () -> events.execute(() -> {
            try {
                send(happens.get(), 1, nanoTime);
            } catch (RuntimeException | Error e) {
                defects.add(e);
                underWay.arriveAndDeregister();
            }
        }));
    }

    private void at(long nanoTime, Runnable work) {
        times.schedule(work, Math.max(0, nanoTime - System.nanoTime()), NANOSECONDS);
    }

    private void send(Notification notification, int number, long planned) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LONGEST_ANSWER).header("Content-Type", "application/json")
            .header("X-Razorpay-Signature", notification.signature()).header("x-razorpay-event-id", notification.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(notification.body())).build();
        long sent = System.nanoTime();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .orTimeout(LONGEST_ANSWER.toSeconds() + 1, SECONDS) // that of the request ends with the head of the answer
            .whenComplete((answer, failure) -> {
            Attempt attempt = new Attempt(notification.id(), number, planned, sent, System.nanoTime(),
                    failure == null ? answer.statusCode() : 0);
            attempts.add(attempt);
            if (attempt.acknowledged() || number == MAX_ATTEMPTS) {
                underWay.arriveAndDeregister();
            } else {
                long again = System.nanoTime() + pause(number);
                at(again, () -> send(notification, number + 1, again));
            }
        });
    }

    private synchronized long pause(int attempt) {
        return (long) (firstPause.toNanos() * Math.pow(2, Math.min(3, attempt - 1)) * (0.5 + jitter.nextDouble()));
    }

    /** Waits until some attempt came out so. */
    void await(String what, Predicate<Attempt> wanted, Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        while (attempts.stream().noneMatch(wanted)) {
            if (System.nanoTime() - began > patience.toNanos()) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.sleep(20);
        }
    }

    /** Waits until all are acknowledged, or were tried too often. All attempts, in the order of the answers. */
    List<Attempt> finish(Duration patience) throws Exception {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), patience.toSeconds(), SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not all acknowledged within " + patience + "; answers by status: " + attempts.stream()
                .collect(Collectors.groupingBy(Attempt::status, TreeMap::new, Collectors.counting())), e);
        }
        if (!defects.isEmpty()) {
            throw new AssertionError("the provider of the test is broken", defects.peek());
        }
        return List.copyOf(attempts);
    }

    @Override
    public void close() {
        times.shutdownNow();
        events.shutdownNow();
    }
}
