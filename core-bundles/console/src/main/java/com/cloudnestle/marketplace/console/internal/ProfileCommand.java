package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.List;
import java.util.Optional;
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

/** Shows the tier profiles, and puts a solution on one. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "profile", description = "Shows tier profiles, or the tiers of a solution, or puts a solution on a profile")
public final class ProfileCommand implements Action {

    @Argument(index = 0, name = "solution", description = "Solution id; none: show all profiles")
    @Completion(SolutionCompleter.class)
    @Nullable String solution;

    @Argument(index = 1, name = "profile", description = "Profile to put the solution on; none: show its tiers")
    @Completion(ProfileCompleter.class)
    @Nullable String profile;

    @Option(name = "--default", description = "Go back to what the solution itself says")
    boolean back;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Profile(String name, String description, List<TierView> tiers) {}

    record Profiles(List<Profile> profiles) {}

    record SolutionTiers(String solutionId, @Nullable String profile, boolean changed, List<TierView> tiers) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (solution == null) {
            if (back) {
                throw MarketplaceException.invalid("solution", "is missing: which one goes back to its default?");
            }
            return profiles();
        }
        if (profile != null && back) {
            throw MarketplaceException.invalid("profile", "cannot be given together with --default");
        }
        CatalogEntry before = platform.catalog().require(solution);
        boolean change = profile != null || back;
        CatalogEntry after = change
                ? platform.catalog().assignProfile(before.id(), Optional.ofNullable(profile), Platform.ACTOR)
                : before;
        return tiers(after, change && !after.tiers().equals(before.tiers()));
    }

    private Answer profiles() {
        Profiles view = new Profiles(platform.catalog().profiles().stream()
                .map(each -> new Profile(each.name(), each.description(), TierView.all(each.tiers())))
                .toList());
        return new Answer(view, screen -> screen.table(
                List.of("Profile", "Tier", "Gives"),
                view.profiles().stream()
                        .flatMap(p -> p.tiers().stream().map(tier -> List.of(p.name(), tier.tier(), tier.gives())))
                        .toList()));
    }

    private Answer tiers(CatalogEntry entry, boolean changed) {
        String inForce = new SolutionOverview(platform).profile(entry).orElse(null);
        SolutionTiers view = new SolutionTiers(entry.id(), inForce, changed, TierView.all(entry.tiers()));
        return new Answer(view, screen -> {
            screen.line(entry.id() + (changed ? " is now on " : " is on ")
                    + (inForce == null ? "tiers of its own" : "the profile " + inForce));
            screen.table(List.of("Tier", "Gives"),
                    view.tiers().stream().map(tier -> List.of(tier.tier(), tier.gives())).toList());
        });
    }
}
