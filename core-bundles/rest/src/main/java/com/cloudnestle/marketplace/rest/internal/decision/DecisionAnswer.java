package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.rest.QuotaAnswers;
import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A decision as status, headers and JSON body. */
record DecisionAnswer(int status, Map<String, String> headers, byte[] body) {

    static DecisionAnswer of(Decided decided, Instant now) {
        if (decided.decision() instanceof Decision.Denied denied) {
            return new DecisionAnswer(
                    QuotaAnswers.DENIED_STATUS,
                    QuotaAnswers.deniedHeaders(denied, now),
                    QuotaAnswers.deniedJson(denied, now).getBytes(StandardCharsets.UTF_8));
        }
        Decision.Allowed allowed = (Decision.Allowed) decided.decision();
        return new DecisionAnswer(
                200, QuotaAnswers.headers(allowed.state(), now), Json.write(json -> allowed(json, decided, allowed)));
    }

    private static void allowed(JsonGenerator json, Decided decided, Decision.Allowed allowed) throws IOException {
        QuotaState state = allowed.state();
        json.writeStartObject();
        json.writeBooleanField("allowed", true);
        json.writeStringField("user_email", decided.who().email());
        json.writeStringField("solution_id", state.solutionId());
        json.writeStringField("access_tier", state.tier());
        json.writeNumberField("quota_remaining", state.remaining());
        quota(json, state);
        json.writeStringField("customer_id", decided.who().customerId());
        json.writeStringField("action", state.action());
        json.writeBooleanField("replayed", allowed.replayed());
        json.writeEndObject();
    }

    /** The documented figures are those of the day, for tiers that count per day; else of the window with least left. */
    private static void quota(JsonGenerator json, QuotaState state) throws IOException {
        json.writeObjectFieldStart("quota");
        WindowState binding = state.binding().orElse(null);
        WindowState day = state.window("day").orElse(binding);
        json.writeNumberField("daily_limit", day == null ? 0 : day.limit());
        json.writeNumberField("daily_used", day == null ? 0 : day.used());
        json.writeBooleanField("unlimited", state.unlimited());
        if (binding != null) {
            json.writeStringField("window", binding.window());
            json.writeNumberField("limit", binding.limit());
            json.writeNumberField("used", binding.used());
            json.writeStringField("resets_at", binding.resetsAt().map(Instant::toString).orElse(null));
        }
        json.writeEndObject();
    }
}
