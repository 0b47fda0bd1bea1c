package com.cloudnestle.marketplace.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures how fast notifications are answered at a rate, with a kill in the middle. A program: see {@code itests/webhooks/run}. */
final class WebhookLoad {
    private static final double PROMISED_MILLIS = 3000;

    private WebhookLoad() {
    }

    /** Arguments: notifications per second, for how many seconds, and from how many buyers. */
    public static void main(String[] arguments) throws Exception {
        int perSecond = Integer.parseInt(arguments[0]);
        int buyers = Integer.parseInt(arguments[2]);
        int failures = Math.max(1, perSecond * Integer.parseInt(arguments[1]) / buyers - WebhookTrial.OF_SUCCESS);
        Path directory = Files.createTempDirectory("webhooks", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        boolean good = false;
        try (Shop shop = Shop.open(Distribution.unpack(directory), Path.of(System.getProperty("java.home")), directory)) {
            long began = System.nanoTime();
            WebhookTrial trial = new WebhookTrial(shop, new Buyers(shop.server).come(buyers), failures, perSecond, Duration.ofSeconds(3));
            say("%d buyers signed up and began to pay in %d s; %d notifications each, %d per second", buyers,
                seconds(System.nanoTime() - began), failures + WebhookTrial.OF_SUCCESS, perSecond);
            say("load of the machine: %s on %d cores", load(), Runtime.getRuntime().availableProcessors());
            WebhookTrial.Run run = trial.run();
            good = tell(run);
            Duration settled = trial.check();
            say("load of the machine: %s", load());
            say("checked within %d s of the last answer: every notification worked on once, every payment paid once and booked once,"
                + " every buyer pro, the book adds up: %d of %d", settled.toSeconds(), buyers, buyers);
        } finally {
            remove(directory);
        }
        say(good ? "new ones answered within 3 s at p99, none lost" : "new ones NOT answered within 3 s at p99, or not at all");
        System.exit(good ? 0 : 1);
    }

    /** What is sent again after the kill comes in a burst upon a server that has just started; it is shown, and nothing is promised of it. */
    private static boolean tell(WebhookTrial.Run run) {
        List<Deliveries.Attempt> attempts = run.attempts();
        long acknowledged = attempts.stream().filter(Deliveries.Attempt::acknowledged).count();
        long end = attempts.stream().filter(each -> each.number() == 1).mapToLong(Deliveries.Attempt::planned).max().orElseThrow();
        long last = attempts.stream().mapToLong(Deliveries.Attempt::answered).max().orElseThrow();
        List<Double> sustained = run.waits(each -> each.number() == 1);
        say("before the kill", run.killed() - run.begun(), run.waits(each -> each.planned() < run.killed()));
        say("killed; ready again after %.1f s; %d attempts found nobody", (run.ready() - run.killed()) / 1e9,
            run.statuses().getOrDefault(0, 0));
        say("afterwards, what was new", Math.max(1, end - run.ready()), run.waits(each -> each.number() == 1 && each.planned() >= run.ready()));
        say("afterwards, what was sent again", last - run.ready(), run.waits(each -> each.number() > 1 && each.planned() >= run.ready()));
        say("all that was new", run.killed() - run.begun() + Math.max(0, end - run.ready()), sustained);
        say("processor time of the server: %d s until it was ready again, %d s from then to the last answer",
            run.cpuOfStart().toSeconds(), run.cpuAfterwards().toSeconds());
        List<Double> late = attempts.stream().map(each -> (each.sent() - each.planned()) / 1e6).sorted().toList();
        say("of these waits this program itself caused: ms p50 %.0f, p99 %.0f, longest %.0f", at(late, 0.5), at(late, 0.99), at(late, 1));
        say("answers by status (0: none): %s; acknowledged %d of %d", run.statuses(), acknowledged, run.planned());
        return acknowledged == run.planned() && at(sustained, 0.99) <= PROMISED_MILLIS;
    }

    private static void say(String what, long nanos, List<Double> waits) {
        say("%-32s %6d answers in %3d s = %4.0f/s; ms to the answer: p50 %.0f, p95 %.0f, p99 %.0f, longest %.0f", what, waits.size(),
            seconds(nanos), waits.size() / (nanos / 1e9), at(waits, 0.5), at(waits, 0.95), at(waits, 0.99), at(waits, 1));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private static long seconds(long nanos) {
        return nanos / 1_000_000_000L;
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ")[0] : "unknown";
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }

    private static void remove(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("chmod", "-R", "u+w", directory.toString()).start().waitFor();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
