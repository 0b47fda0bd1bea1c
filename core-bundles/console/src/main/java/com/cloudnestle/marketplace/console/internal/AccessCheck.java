package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.console.internal.AccessReport.Verdict;
import com.cloudnestle.marketplace.console.internal.Customers.Person;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.solution.PluginReport.Plugin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks everything the platform asks about a call, one after the other, and then the platform itself. The checklist only
 * explains; the verdict is the quota service's own answer, so the two cannot drift apart unseen.
 */
final class AccessCheck {

    private final Platform platform;
    private final @Nullable String onlyAction;
    private final List<Step> steps = new ArrayList<>();

    /** @param onlyAction look at this action; null: at all of the solution's */
    AccessCheck(Platform platform, @Nullable String onlyAction) {
        this.platform = platform;
        this.onlyAction = onlyAction;
    }

    /** For a customer or visitor, without looking at a token. */
    AccessReport ofPerson(Person person, String solution) {
        steps.add(Step.ok(person.subject() instanceof Subject.User ? "customer" : "visitor",
                person.name().equals(person.subject().key()) ? person.name()
                        : person.name() + ", " + person.subject().key()));
        return ofSolution(person, solution, Optional.empty());
    }

    /** @param solution where the token is used; null: at its own solution */
    AccessReport ofToken(String token, @Nullable String solution) {
        TokenCheck check = new TokenCheck(platform, token);
        steps.addAll(check.steps());
        Optional<TokenCheck.Known> known = check.holder();
        if (known.isEmpty()) {
            return new AccessReport(check.shown(), null, false, steps, List.of(check.refusal("any")));
        }
        String own = known.get().solutionId();
        if (solution != null && !platform.catalog().require(solution).id().equals(own)) {
            String next = "market:token " + known.get().email() + " " + solution + " shows the right one";
            steps.add(Step.failed("solution", "the token belongs to " + own + ", not to " + solution, next));
            return new AccessReport(check.shown(), own, false, steps, List.of(Verdicts.refused("any",
                    new MarketplaceException(Problem.TOKEN_WRONG_SOLUTION, "The token belongs to another solution."), next)));
        }
        Person person = new Person(new Subject.User(known.get().customerId()), known.get().email());
        return ofSolution(person, own, check.works() ? Optional.empty() : Optional.of(check.refusal("any")));
    }

    private AccessReport ofSolution(Person person, String solution, Optional<Verdict> tokenRefused) {
        Optional<CatalogEntry> found = platform.catalog().find(solution);
        if (found.isEmpty()) {
            steps.add(Step.failed("solution", "there is no solution " + solution, "see market:solutions"));
            return new AccessReport(person.name(), solution, false, steps, List.of());
        }
        CatalogEntry entry = found.get();
        steps.add(availability(entry));
        List<String> actions = actions(entry);
        boolean counted = access(person, entry);
        Optional<String> commonNext = next(steps);
        List<Verdict> verdicts = new ArrayList<>();
        tokenRefused.ifPresent(verdicts::add);
        for (String action : actions) {
            List<Step> own = counted ? counters(person, entry, action) : List.of();
            steps.addAll(own);
            if (tokenRefused.isEmpty()) {
                String next = commonNext.or(() -> next(own)).orElse(null);
                verdicts.add(Verdicts.of(platform, person.subject(), entry.id(), action, next));
            }
        }
        if (counted) {
            steps.add(recentUse(person, entry));
        }
        return new AccessReport(person.name(), entry.id(), verdicts.stream().allMatch(Verdict::allowed), steps, verdicts);
    }

    private Step availability(CatalogEntry entry) {
        if (entry.available()) {
            return Step.ok("solution", entry.id() + " is running");
        }
        String reason = new SolutionOverview(platform).plugin(entry.id())
                .map(Plugin::reason).filter(text -> !text.isEmpty()).map(text -> ": " + text).orElse("");
        return Step.failed("solution", entry.id() + " is not running" + reason,
                "bring its bundle back; market:solutions shows what is broken");
    }

    private List<String> actions(CatalogEntry entry) {
        List<String> all = entry.descriptor().meters().stream().map(Meter::action).toList();
        if (onlyAction == null) {
            return all;
        }
        if (!all.contains(onlyAction)) {
            throw new MarketplaceException(Problem.ACTION_UNKNOWN,
                    entry.id() + " has no action " + onlyAction + "; it has " + String.join(", ", all) + ".");
        }
        return List.of(onlyAction);
    }

    /** Entitlement, status and tier. False if there is nothing to count for. */
    private boolean access(Person person, CatalogEntry entry) {
        if (person.subject() instanceof Subject.Visitor) {
            steps.add(tier(Tiers.ANONYMOUS, entry, "register: there is nothing for visitors"));
            return true;
        }
        String change = "market:entitle " + person.name() + " " + entry.id();
        Optional<Entitlement> found = platform.entitlements().find(person.subject().key(), entry.id());
        if (found.isEmpty()) {
            steps.add(Step.failed("entitlement", "no access to " + entry.id(), change + " [tier]"));
            return false;
        }
        Entitlement entitlement = found.get();
        steps.add(Step.ok("entitlement", entitlement.id() + " since " + entitlement.createdAt()));
        steps.add(entitlement.active()
                ? Step.ok("status", "active")
                : Step.failed("status", "suspended", change + " --resume"));
        steps.add(tier(entitlement.tier(), entry, change + " <tier>"));
        paid(entitlement, entry, change);
        return true;
    }

    /** Where the tier comes from a payment that ends, until when. Without payments there is nothing to say. */
    private void paid(Entitlement entitlement, CatalogEntry entry, String change) {
        Payments present = platform.payments;
        if (present == null) {
            return;
        }
        present.holdings(entitlement.customerId()).stream().filter(held -> held.solutionId().equals(entry.id())).forEach(held -> {
            String until = held.tier() + " is paid for until " + held.until() + " by " + held.paymentId();
            steps.add(held.tier().equals(entitlement.tier())
                    ? Step.ok("paid", until)
                    : Step.note("paid", until + ", and the tier is " + entitlement.tier(), change + " " + held.tier()));
        });
    }

    private static Step tier(String name, CatalogEntry entry, String next) {
        Optional<TierPlan> plan = entry.tier(name);
        return plan.isPresent()
                ? Step.ok("tier", name + ": " + Wording.tier(plan.get()))
                : Step.failed("tier", entry.id() + " has no tier " + name + "; it has "
                        + entry.tiers().stream().map(TierPlan::tier).collect(Collectors.joining(", ")), next);
    }

    private List<Step> counters(Person person, CatalogEntry entry, String action) {
        QuotaState state = platform.quota().state(person.subject(), entry.id(), action);
        String upgrade = upgrade(person, entry, state.tier());
        Instant now = platform.clock().instant();
        List<Step> found = new ArrayList<>();
        state.validUntil().ifPresent(end -> found.add(now.isBefore(end)
                ? Step.ok("validity", "the tier ends " + end)
                : Step.failed("validity", "the tier ended " + end, upgrade)));
        if (state.windows().isEmpty()) {
            found.add(Step.failed(action, "not part of the tier " + state.tier(), upgrade));
        }
        state.windows().forEach(window -> found.add(window(action, window, upgrade)));
        return found;
    }

    private static Step window(String action, WindowState window, String upgrade) {
        String check = action + " " + Wording.per(window.window());
        if (window.unlimited()) {
            return Step.ok(check, "unlimited, " + window.used() + " used");
        }
        String used = window.used() + " of " + window.limit() + " used";
        String reset = window.resetsAt().map(at -> ", counts anew " + at).orElse("");
        if (window.remaining() > 0) {
            return Step.ok(check, used + reset);
        }
        String wait = window.resetsAt().map(at -> "wait until " + at + ", or ").orElse("");
        return Step.failed(check, used + reset, wait + upgrade);
    }

    private static String upgrade(Person person, CatalogEntry entry, String tier) {
        if (person.subject() instanceof Subject.Visitor) {
            return "register";
        }
        return entry.tierAbove(tier)
                .map(above -> "market:entitle " + person.name() + " " + entry.id() + " " + above.tier())
                .orElse("market:quota " + person.name() + " " + entry.id() + " --reset");
    }

    /** A solution that only ever checks counts nothing and never reaches a limit; that shows here. */
    private Step recentUse(Person person, CatalogEntry entry) {
        long units = RecentUsage.of(platform, person.subject(), entry.id()).stream()
                .mapToLong(RecentUsage.Day::total)
                .sum();
        return units > 0
                ? Step.ok("counting", units + " units counted in the last " + RecentUsage.DAYS + " days")
                : Step.note("counting", "nothing counted in the last " + RecentUsage.DAYS + " days",
                        "if calls were made, the solution probably sends check_only");
    }

    private static Optional<String> next(List<Step> steps) {
        return steps.stream().filter(Step::failed).map(Step::next).findFirst();
    }
}
