package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.console.internal.AccessReport.Verdict;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.Subject;
import org.jspecify.annotations.Nullable;

/** Turns the platform's own answer to a call into a verdict. */
final class Verdicts {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private Verdicts() {}

    /**
     * Asks the quota service about a call of one unit; takes nothing.
     *
     * @param next what to do if it is refused
     */
    static Verdict of(Platform platform, Subject subject, String solutionId, String action, @Nullable String next) {
        try {
            Decision decision = platform.quota().decide(AccessRequest.one(subject, solutionId, action).onlyChecking());
            if (decision instanceof Allowed allowed) {
                String left = Wording.amount(allowed.state().remaining());
                return new Verdict(action, true, OK, null, left + " left before this call", null);
            }
            Denied denied = (Denied) decision;
            return new Verdict(action, false, TOO_MANY_REQUESTS, denied.reason().wire(), denied.message(), next);
        } catch (MarketplaceException e) {
            return refused(action, e, next);
        }
    }

    static Verdict refused(String action, MarketplaceException e, @Nullable String next) {
        return new Verdict(action, false, e.problem().status(), e.problem().code(), String.valueOf(e.getMessage()), next);
    }
}
