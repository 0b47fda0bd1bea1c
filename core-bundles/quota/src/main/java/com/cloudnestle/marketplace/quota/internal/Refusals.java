package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import java.util.Optional;

/** Words for the end user: what is used up, and the way on. */
final class Refusals {

    private Refusals() {}

    static Denied limit(Terms terms, QuotaState state, Limit limit) {
        return new Denied(reason(limit.window()), state, usedUp(terms, state, limit) + way(terms), upgradeUrl(terms));
    }

    private static String usedUp(Terms terms, QuotaState state, Limit limit) {
        String units = limit.amount() == 1 ? unit(terms) : plural(unit(terms));
        if (limit.amount() == 0) {
            return "The " + terms.tier() + " tier includes no " + units + ".";
        }
        boolean visitor = terms.subject() instanceof Subject.Visitor;
        long left = state.window(limit.window().name()).map(WindowState::remaining).orElse(0L);
        if (left > 0) {
            return "Only " + left + " of " + (visitor ? "your " : "") + limit.amount() + (visitor ? " free " : " ") + units
                    + spanOf(limit.window()) + (left == 1 ? " is left." : " are left.");
        }
        return "You have used " + (visitor ? "your " : "all ") + limit.amount() + (visitor ? " free " : " ") + units
                + spanOf(limit.window()) + ".";
    }

    static Denied validityEnded(Terms terms, QuotaState state) {
        return new Denied(
                DenialReason.VALIDITY_ENDED, state, "Your time with the " + terms.tier() + " tier is over." + way(terms),
                upgradeUrl(terms));
    }

    static Denied notIncluded(Terms terms, QuotaState state) {
        boolean visitor = terms.subject() instanceof Subject.Visitor;
        String text = visitor
                ? terms.entry().descriptor().name() + " needs a free account for this."
                : "The " + terms.tier() + " tier does not include " + plural(unit(terms)) + ".";
        return new Denied(
                visitor ? DenialReason.REGISTRATION_REQUIRED : DenialReason.NOT_IN_TIER, state, text + way(terms),
                upgradeUrl(terms));
    }

    private static DenialReason reason(Window window) {
        if (window instanceof Window.Lifetime) {
            return DenialReason.LIFETIME_LIMIT;
        }
        if (window instanceof Window.Day) {
            return DenialReason.DAILY_LIMIT;
        }
        return window instanceof Window.Month ? DenialReason.MONTHLY_LIMIT : DenialReason.PERIOD_LIMIT;
    }

    private static String spanOf(Window window) {
        if (window instanceof Window.Day) {
            return " of today";
        }
        if (window instanceof Window.Month) {
            return " of this month";
        }
        return window instanceof Window.Days days ? " of these " + days.days() + " days" : "";
    }

    /** What the tier above gives, as the reason to go there. */
    private static String way(Terms terms) {
        Optional<TierPlan> above = terms.entry().tierAbove(terms.tier());
        if (above.isEmpty()) {
            return "";
        }
        String verb = terms.subject() instanceof Subject.Visitor ? " Register" : " Upgrade to " + above.get().tier();
        return above.get().limits(terms.action()).stream()
                .findFirst()
                .map(limit -> verb + " for " + amount(limit, unit(terms)) + ".")
                .orElse(verb + " to go on.");
    }

    private static String amount(Limit limit, String unit) {
        if (limit.unlimited()) {
            return "unlimited " + plural(unit);
        }
        String count = limit.amount() + " " + (limit.amount() == 1 ? unit : plural(unit));
        if (limit.window() instanceof Window.Day) {
            return count + " a day";
        }
        if (limit.window() instanceof Window.Month) {
            return count + " a month";
        }
        return limit.window() instanceof Window.Days days ? count + " every " + days.days() + " days" : count;
    }

    private static Optional<String> upgradeUrl(Terms terms) {
        String query = "?solution_id=" + terms.entry().id(); // ids need no escaping
        if (terms.tier().equals(Tiers.ANONYMOUS)) {
            return Optional.of("/register" + query);
        }
        return terms.entry().tierAbove(terms.tier()).map(tier -> "/upgrade" + query);
    }

    private static String unit(Terms terms) {
        return terms.entry().descriptor().meters().stream()
                .filter(meter -> meter.action().equals(terms.action()))
                .map(Meter::unit)
                .findFirst()
                .orElse(terms.action());
    }

    private static String plural(String unit) {
        return unit.matches(".*(s|x|z|ch|sh)") ? unit + "es" : unit + "s";
    }
}
