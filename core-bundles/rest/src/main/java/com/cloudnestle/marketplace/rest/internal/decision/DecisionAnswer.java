package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.rest.QuotaAnswers;
import com.cloudnestle.marketplace.rest.internal.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision as status, headers and JSON body. */
record DecisionAnswer(int status, Map<String, String> headers, byte[] body) {

    private static final int USUAL_LENGTH = 512;

    /** The end of a window told last: most customers' windows end together, at midnight. */
    private static volatile Told lastEnd = Told.of(Instant.EPOCH);

    static DecisionAnswer of(Decided decided, Instant now) {
        if (decided.decision() instanceof Decision.Denied denied) {
            return new DecisionAnswer(
                    QuotaAnswers.DENIED_STATUS,
                    QuotaAnswers.deniedHeaders(denied, now),
                    QuotaAnswers.deniedJson(denied, now).getBytes(StandardCharsets.UTF_8));
        }
        Decision.Allowed allowed = (Decision.Allowed) decided.decision();
        return new DecisionAnswer(200, QuotaAnswers.headers(allowed.state(), now), allowed(decided.who(), allowed));
    }

    private static byte[] allowed(Decided.Who who, Decision.Allowed allowed) {
        QuotaState state = allowed.state();
        WindowState binding = state.binding().orElse(null);
        JsonText json = new JsonText(USUAL_LENGTH)
                .json("{\"allowed\":true")
                .string(",\"user_email\":", who.email())
                .string(",\"solution_id\":", state.solutionId())
                .string(",\"access_tier\":", state.tier())
                .number(",\"quota_remaining\":", binding == null ? 0 : binding.remaining());
        quota(json, state, binding);
        return json.string(",\"customer_id\":", who.customerId())
                .string(",\"action\":", state.action())
                .flag(",\"replayed\":", allowed.replayed())
                .json("}")
                .bytes();
    }

    /** The documented figures are those of the day, for tiers that count per day; else of the window with least left. */
    private static void quota(JsonText json, QuotaState state, @Nullable WindowState binding) {
        WindowState day = state.window("day").orElse(binding);
        json.number(",\"quota\":{\"daily_limit\":", day == null ? 0 : day.limit())
                .number(",\"daily_used\":", day == null ? 0 : day.used())
                .flag(",\"unlimited\":", state.unlimited());
        if (binding != null) {
            json.string(",\"window\":", binding.window())
                    .number(",\"limit\":", binding.limit())
                    .number(",\"used\":", binding.used())
                    .string(",\"resets_at\":", text(binding.resetsAt().orElse(null)));
        }
        json.json("}");
    }

    private static @Nullable String text(@Nullable Instant end) {
        if (end == null) {
            return null;
        }
        Told told = lastEnd;
        if (!told.at.equals(end)) {
            told = Told.of(end);
            lastEnd = told;
        }
        return told.text;
    }

    private record Told(Instant at, String text) {
        static Told of(Instant at) {
            return new Told(at, at.toString());
        }
    }
}
