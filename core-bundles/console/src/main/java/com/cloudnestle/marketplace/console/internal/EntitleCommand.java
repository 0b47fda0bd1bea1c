package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService.EntitlementPage;
import com.cloudnestle.marketplace.entitlement.EntitlementService.TierChange;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Gives a customer access to a solution, moves it to another tier, suspends and resumes it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "entitle", description = "Gives a customer access to a solution or changes the tier")
public final class EntitleCommand implements Action {

    /** Lists are for looking at; whoever needs all of a big solution goes on with --after. */
    private static final int LIST_LIMIT = 200;

    @Argument(index = 0, name = "customer", description = "E-mail address or customer id; a new address makes a customer")
    @Completion(CustomerCompleter.class)
    @Nullable String who;

    @Argument(index = 1, name = "solution", description = "Solution id or alias")
    @Completion(SolutionCompleter.class)
    @Nullable String solution;

    @Argument(index = 2, name = "tier", description = "Tier; none: registered for a new customer, else unchanged")
    @Completion(TierCompleter.class)
    @Nullable String tier;

    @Option(name = "--suspend", description = "Stop access; tier, token and counters stay")
    boolean suspend;

    @Option(name = "--resume", description = "Allow access again")
    boolean resume;

    @Option(name = "--list", description = "Only list who has access to this solution", valueToShowInHelp = "solution")
    @Completion(SolutionCompleter.class)
    @Nullable String list;

    @Option(name = "--after", description = "With --list: go on after this cursor", valueToShowInHelp = "cursor")
    @Nullable String after;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record View(
            String entitlementId, String customerId, String email, String solutionId, String tier, String status,
            String since) {
        static View of(Entitlement entitlement) {
            return new View(entitlement.id(), entitlement.customerId(), entitlement.email(), entitlement.solutionId(),
                    entitlement.tier(), entitlement.status().name().toLowerCase(Locale.ROOT),
                    entitlement.since().toString());
        }
    }

    /** @param previousTier null: there was no access before */
    record Changed(View entitlement, @Nullable String previousTier, boolean changed, String message) {}

    record Listed(String solutionId, List<View> entitlements, @Nullable String cursor) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (list != null) {
            return listed(list);
        }
        if (who == null || solution == null) {
            throw MarketplaceException.invalid(who == null ? "customer" : "solution", "is missing");
        }
        if (suspend && resume) {
            throw MarketplaceException.invalid("--suspend", "cannot be given together with --resume");
        }
        if ((suspend || resume) && tier != null) {
            throw MarketplaceException.invalid("tier", "cannot be changed while suspending or resuming");
        }
        CatalogEntry entry = platform.catalog().require(solution);
        return changed(suspend || resume ? withStatus(who, entry) : entitled(who, entry));
    }

    private Changed entitled(String whom, CatalogEntry entry) {
        String wanted = requireTier(entry, tier == null ? Tiers.REGISTERED : tier); // before a customer is made of a typo
        Customer customer = new Customers(platform).existingOrNew(whom);
        Optional<Entitlement> present = platform.entitlements().find(customer.id(), entry.id());
        if (tier == null && present.isPresent()) {
            String message = present.get().email() + " has " + present.get().tier() + " on " + entry.id()
                    + "; nothing changed";
            return new Changed(View.of(present.get()), present.get().tier(), false, message);
        }
        TierChange change = platform.entitlements().changeTier(customer.id(), entry.id(), wanted, Platform.ACTOR);
        String before = change.previousTier().map(was -> change.changed() ? " (was " + was + ")" : " already")
                .orElse(" (had no access)");
        String message = change.entitlement().email() + (change.changed() ? " now has " : " has ") + wanted + " on "
                + entry.id() + before;
        return new Changed(View.of(change.entitlement()), change.previousTier().orElse(null), change.changed(), message);
    }

    private Changed withStatus(String whom, CatalogEntry entry) {
        Customer customer = new Customers(platform).existing(whom);
        Entitlement.Status wanted = suspend ? Entitlement.Status.SUSPENDED : Entitlement.Status.ACTIVE;
        Entitlement before = platform.entitlements().find(customer.id(), entry.id())
                .orElseThrow(() -> new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN,
                        customer.email() + " has no access to " + entry.id() + "."));
        Entitlement now = platform.entitlements().setStatus(customer.id(), entry.id(), wanted, Platform.ACTOR);
        boolean changed = before.status() != now.status();
        String message = now.email() + " on " + entry.id() + " is " + (changed ? "now " : "already ")
                + now.status().name().toLowerCase(Locale.ROOT);
        return new Changed(View.of(now), before.tier(), changed, message);
    }

    private static String requireTier(CatalogEntry entry, String tier) {
        if (entry.tier(tier).isEmpty() || tier.equals(Tiers.ANONYMOUS)) {
            String offered = entry.tiers().stream()
                    .map(TierPlan::tier)
                    .filter(name -> !name.equals(Tiers.ANONYMOUS))
                    .collect(Collectors.joining(", "));
            throw new MarketplaceException(
                    Problem.TIER_UNKNOWN, entry.id() + " has no tier " + tier + " to give; it has " + offered + ".");
        }
        return tier;
    }

    private static Answer changed(Changed view) {
        return new Answer(view, screen -> screen.line(view.message()));
    }

    private Answer listed(String solutionId) {
        String id = platform.catalog().require(solutionId).id();
        EntitlementPage page = platform.entitlements().ofSolution(id, LIST_LIMIT, after);
        Listed view = new Listed(id, page.entitlements().stream().map(View::of).toList(), page.cursor().orElse(null));
        return new Answer(view, screen -> {
            screen.table(
                    List.of("Customer", "Id", "Tier", "Status", "Since"),
                    view.entitlements().stream()
                            .map(e -> List.of(e.email(), e.customerId(), e.tier(), e.status(), e.since()))
                            .toList());
            page.cursor().ifPresent(cursor -> screen.line(
                    "More: market:entitle --list " + id + " --after '" + cursor + "'"));
        });
    }
}
