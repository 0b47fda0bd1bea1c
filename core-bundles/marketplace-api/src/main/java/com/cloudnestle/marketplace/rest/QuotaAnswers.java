package com.cloudnestle.marketplace.rest;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a quota is told over HTTP: the headers of every metered answer and the body of a refusal. Pure functions, used by
 * the gate of solutions and by the control plane alike, so that both speak the same.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for HTTP</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651">RFC 9651, structured field values</a>
 */
public final class QuotaAnswers {

    /** Status of a refusal. */
    public static final int DENIED_STATUS = 429;

    /** What is left of each finite window, e.g. {@code "day";r=7;t=3600}. */
    public static final String RATE_LIMIT = "RateLimit";

    /** The finite windows of the tier, e.g. {@code "day";q=10;w=86400}. */
    public static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

    /** Whole seconds until the same request may succeed. */
    public static final String RETRY_AFTER = "Retry-After";

    /** Tier the call was made at. */
    public static final String TIER = "X-Marketplace-Tier";

    /** Units per window, -1 unlimited. */
    public static final String QUOTA_LIMIT = "X-Marketplace-Quota-Limit";

    /** Units used in the present window, this call included. */
    public static final String QUOTA_USED = "X-Marketplace-Quota-Used";

    /** Units left after this call, -1 unlimited. */
    public static final String QUOTA_REMAINING = "X-Marketplace-Quota-Remaining";

    /** Id of the solution whose quota this is. */
    public static final String SOLUTION = "X-Marketplace-Solution";

    /** Structured fields know integers of at most 15 digits. */
    private static final long MAX_FIELD_INTEGER = 999_999_999_999_999L;

    /** How the names of windows of some days begin; their number follows. */
    private static final String DAYS = "days-";

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private QuotaAnswers() {}

    /**
     * The headers of an answer to a call that was allowed or only asked. An unlimited tier has no rate limit fields; its
     * {@code X-Marketplace-Quota-Limit} and {@code -Remaining} are -1.
     *
     * @param now for the seconds until a window ends
     * @return header names and values, in the order to send them
     */
    public static Map<String, String> headers(QuotaState state, Instant now) {
        return Collections.unmodifiableMap(headers(state, state.binding(), now));
    }

    /**
     * The headers of a refusal: those of the state, with the figures of the window that refused, and {@code Retry-After}
     * if waiting helps.
     */
    public static Map<String, String> deniedHeaders(Decision.Denied denied, Instant now) {
        Map<String, String> headers = headers(denied.state(), refusing(denied), now);
        resetsAt(denied).ifPresent(reset -> headers.put(RETRY_AFTER, Long.toString(Math.max(1, secondsUntil(reset, now)))));
        return Collections.unmodifiableMap(headers);
    }

    /**
     * The body of a refusal as JSON text: {@code error}, {@code reason}, {@code limit}, {@code used} and {@code access_tier},
     * then the added fields {@code message}, {@code upgrade_url}, {@code solution_id}, {@code action}, {@code window},
     * {@code quota_remaining}, {@code resets_at} and {@code retry_after} (seconds). Added fields without a value are left out.
     */
    public static String deniedJson(Decision.Denied denied, Instant now) {
        QuotaState state = denied.state();
        Optional<WindowState> window = refusing(denied);
        JsonObject json = new JsonObject()
                .text("error", "Quota exceeded")
                .text("reason", denied.reason().wire())
                .number("limit", window.map(WindowState::limit).orElse(0L))
                .number("used", window.map(WindowState::used).orElse(0L))
                .text("access_tier", state.tier())
                .text("message", denied.message());
        denied.upgradeUrl().ifPresent(url -> json.text("upgrade_url", url));
        json.text("solution_id", state.solutionId()).text("action", state.action());
        window.ifPresent(w -> json.text("window", w.window()));
        json.number("quota_remaining", window.map(WindowState::remaining).orElse(0L));
        resetsAt(denied).ifPresent(reset -> json.text("resets_at", reset.toString())
                .number("retry_after", Math.max(1, secondsUntil(reset, now))));
        return json.toString();
    }

    /** Written without streams and formats: it runs for every metered call of every solution. */
    private static Map<String, String> headers(QuotaState state, Optional<WindowState> shown, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        StringBuilder policies = new StringBuilder();
        StringBuilder limits = new StringBuilder();
        for (WindowState window : state.windows()) {
            if (!window.unlimited()) {
                appendPolicy(policies, window);
                appendLimit(limits, window, now);
            }
        }
        if (policies.length() > 0) {
            headers.put(RATE_LIMIT_POLICY, policies.toString());
            headers.put(RATE_LIMIT, limits.toString());
        }
        WindowState figures = shown.orElse(null);
        headers.put(SOLUTION, state.solutionId());
        headers.put(TIER, state.tier());
        headers.put(QUOTA_LIMIT, Long.toString(figures == null ? 0 : figures.limit()));
        headers.put(QUOTA_USED, Long.toString(figures == null ? 0 : figures.used()));
        headers.put(QUOTA_REMAINING, Long.toString(figures == null ? 0 : figures.remaining()));
        return headers;
    }

    private static void appendPolicy(StringBuilder policies, WindowState window) {
        appendItem(policies, window).append(";q=").append(fieldInteger(window.limit()));
        long length = lengthSeconds(window.window());
        if (length > 0) {
            policies.append(";w=").append(fieldInteger(length));
        }
    }

    private static void appendLimit(StringBuilder limits, WindowState window, Instant now) {
        appendItem(limits, window).append(";r=").append(fieldInteger(window.remaining()));
        if (window.resetsAt().isPresent()) {
            limits.append(";t=").append(fieldInteger(secondsUntil(window.resetsAt().get(), now)));
        }
    }

    private static StringBuilder appendItem(StringBuilder list, WindowState window) {
        return list.append(list.length() == 0 ? "\"" : ", \"").append(window.window()).append('"');
    }

    /** The length a window's name tells; 0 for a month, which has no fixed one, and a lifetime, which has none at all. */
    private static long lengthSeconds(String window) {
        if (window.equals("day")) {
            return DAY_SECONDS;
        }
        return window.startsWith(DAYS)
                ? Integer.parseInt(window, DAYS.length(), window.length(), 10) * DAY_SECONDS
                : 0;
    }

    /** The window a refusal speaks of: the one its reason names, else the one with least left. */
    private static Optional<WindowState> refusing(Decision.Denied denied) {
        return denied.state().windows().stream()
                .filter(window -> names(denied.reason(), window.window()))
                .findFirst()
                .or(denied.state()::binding);
    }

    private static boolean names(DenialReason reason, String window) {
        return switch (reason) {
            case DAILY_LIMIT -> window.equals("day");
            case MONTHLY_LIMIT -> window.equals("month");
            case PERIOD_LIMIT -> window.startsWith(DAYS);
            case LIFETIME_LIMIT -> window.equals("lifetime");
            case VALIDITY_ENDED, REGISTRATION_REQUIRED, NOT_IN_TIER -> false;
        };
    }

    /** When waiting helps: once the refusing window and every other exhausted one have ended; empty if one never does. */
    private static Optional<Instant> resetsAt(Decision.Denied denied) {
        List<WindowState> exhausted = denied.state().windows().stream()
                .filter(w -> names(denied.reason(), w.window()) || w.remaining() == 0)
                .toList();
        boolean windowRefused = exhausted.stream().anyMatch(w -> names(denied.reason(), w.window()));
        if (!windowRefused || exhausted.stream().anyMatch(w -> w.resetsAt().isEmpty())) {
            return Optional.empty();
        }
        return exhausted.stream().flatMap(w -> w.resetsAt().stream()).max(Instant::compareTo);
    }

    /** Rounded up: a client that waits this long is never early. */
    private static long secondsUntil(Instant reset, Instant now) {
        long seconds = reset.getEpochSecond() - now.getEpochSecond();
        return Math.max(0, reset.getNano() > now.getNano() ? seconds + 1 : seconds);
    }

    private static long fieldInteger(long value) {
        return Math.min(value, MAX_FIELD_INTEGER);
    }
}
