package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Tiers that can be given: those of the solution on the command line, else those of all solutions. */
@Service
public final class TierCompleter implements Completer {

    @Reference
    Platform platform;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        CatalogService catalog = platform.catalog;
        if (catalog != null) {
            Optional<CatalogEntry> named = Arrays.stream(commandLine.getArguments())
                    .flatMap(argument -> catalog.find(argument).stream())
                    .findFirst();
            named.map(List::of).orElseGet(catalog::entries).stream()
                    .flatMap(entry -> entry.tiers().stream())
                    .map(TierPlan::tier)
                    .filter(tier -> !tier.equals(Tiers.ANONYMOUS))
                    .forEach(names.getStrings()::add);
        }
        return names.complete(session, commandLine, candidates);
    }
}
