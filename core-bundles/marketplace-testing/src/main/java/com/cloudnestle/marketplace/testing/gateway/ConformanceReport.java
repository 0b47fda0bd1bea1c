package com.cloudnestle.marketplace.testing.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How a gateway did.
 *
 * @param gateway its id
 * @param results one per case, in the order they were tried
 * @param took how long all took together
 */
public record ConformanceReport(String gateway, List<Result> results, Duration took) {

    public ConformanceReport {
        results = List.copyOf(results);
    }

    /** Whether no case failed and at least one was tried. */
    public boolean passed() {
        return failures().isEmpty() && count(Verdict.PASSED) > 0;
    }

    public List<Result> failures() {
        return results.stream().filter(result -> result.verdict() == Verdict.FAILED).toList();
    }

    public long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** For people: a line that sums up, then each case, the failed ones first. */
    public String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.NOT_APPLICABLE, Verdict.PASSED)) {
            results.stream().filter(result -> result.verdict() == verdict).forEach(result -> text.append("  ").append(result).append('\n'));
        }
        return text.toString();
    }

    /** In one line, e.g. {@code razorpay: 41 passed, 1 failed, 3 not applicable, 2.3 s}. */
    public String summary() {
        return String.format(Locale.ROOT, "%s: %d passed, %d failed, %d not applicable, %d.%d s", gateway, count(Verdict.PASSED),
                count(Verdict.FAILED), count(Verdict.NOT_APPLICABLE), took.toSeconds(), took.toMillisPart() / 100);
    }

    public enum Verdict {
        PASSED,
        FAILED,
        /** The lab has not what the case needs, or the gateway not what it is about. */
        NOT_APPLICABLE
    }

    /** @param detail what was wrong, or why it was not tried; empty if it passed */
    public record Result(String name, Verdict verdict, String detail) {

        @Override
        public String toString() {
            return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + name + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }
}
