package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Result;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tries a gateway against what goes wrong with money: lost replies, forged and repeated notifications, amounts that do not fit, other
 * merchants, junk. Each case uses payments of its own. Takes seconds; a gateway that hangs is cut off, so at most two
 * minutes.
 */
public final class GatewayConformance {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ALL = Duration.ofMinutes(2);

    private GatewayConformance() {}

    /** What {@link #run} tries, by name. */
    public static List<String> cases() {
        return all().map(Case::name).toList();
    }

    /** Runs every case; whatever the gateway or the lab do, there is a report. */
    public static ConformanceReport run(GatewayLab lab) {
        return run(lab, all().toList(), PATIENCE, ALL);
    }

    /**
     * Runs some cases, as one does while looking for what is wrong.
     *
     * @param which of {@link #cases()}
     */
    public static ConformanceReport run(GatewayLab lab, Predicate<String> which) {
        return run(lab, all().filter(one -> which.test(one.name())).toList(), PATIENCE, ALL);
    }

    static ConformanceReport run(GatewayLab lab, List<Case> cases, Duration patience, Duration all) {
        long begin = System.nanoTime();
        String id = "a gateway without an id";
        List<Result> results = new ArrayList<>();
        ExecutorService thread = thread();
        try {
            id = String.valueOf(lab.gateway().id());
            for (Case one : cases) {
                long left = all.toNanos() - (System.nanoTime() - begin);
                if (left <= 0) {
                    results.add(new Result(one.name(), Verdict.FAILED, "not tried: the others took more than " + all.toMillis() + " ms"));
                    continue;
                }
                Future<Result> running = thread.submit(() -> tried(lab, one));
                try {
                    results.add(running.get(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    results.add(new Result(one.name(), Verdict.FAILED, "still not done after " + patience.toMillis() + " ms"));
                    thread.shutdownNow(); // it may never come back
                    thread = thread();
                } catch (ExecutionException e) {
                    results.add(new Result(one.name(), Verdict.FAILED, "ended with " + e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            results.add(new Result("the trial", Verdict.FAILED, "was interrupted"));
        } catch (RuntimeException e) {
            results.add(new Result("the gateway can be asked for its id", Verdict.FAILED, "ended with " + e));
        } finally {
            thread.shutdownNow();
        }
        return new ConformanceReport(id, results, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Result tried(GatewayLab lab, Case one) {
        Trial trial = new Trial(lab);
        try {
            lab.calm();
            one.body().run(trial);
            trial.checkSpoken();
            return new Result(one.name(), Verdict.PASSED, "");
        } catch (Trial.NotApplicable e) {
            return new Result(one.name(), Verdict.NOT_APPLICABLE, String.valueOf(e.getMessage()));
        } catch (Trial.Failed e) {
            return new Result(one.name(), Verdict.FAILED, String.valueOf(e.getMessage()));
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) { // it is foreign code
            return new Result(one.name(), Verdict.FAILED, "ended with " + e + at(e));
        } finally {
            Thread.interrupted(); // does not reach the next case
            try {
                lab.calm();
            } catch (RuntimeException e) {
                // the next case says so
            }
        }
    }

    private static String at(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private static Stream<Case> all() {
        return Stream.of(DescriptionCases.ALL, CheckoutCases.ALL, TroubleCases.ALL, StatusCases.ALL, RefundCases.ALL, WebhookCases.ALL,
                ForgeryCases.ALL).flatMap(List::stream);
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "gateway-conformance");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param name a fact about every sound gateway */
    record Case(String name, Body body) {}

    /** Ends normally if the fact holds. */
    @FunctionalInterface
    interface Body {
        void run(Trial trial) throws Exception;
    }
}
