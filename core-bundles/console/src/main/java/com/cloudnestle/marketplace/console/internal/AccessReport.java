package com.cloudnestle.marketplace.console.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a call would be allowed or refused.
 *
 * @param who the caller, never a whole token
 * @param allowed whether every action looked at would be allowed
 * @param steps in the order the platform asks
 * @param verdicts one per action; empty if it does not come to that
 */
record AccessReport(
        String who, @Nullable String solutionId, boolean allowed, List<Step> steps, List<Verdict> verdicts) {

    /**
     * What the platform answers to a call that costs one unit.
     *
     * @param status HTTP status
     * @param code reason of a refusal, as it stands in the answer; null if allowed
     * @param next what to do about a refusal
     */
    record Verdict(
            String action, boolean allowed, int status, @Nullable String code, String message, @Nullable String next) {}

    AccessReport {
        steps = List.copyOf(steps);
        verdicts = List.copyOf(verdicts);
    }
}
