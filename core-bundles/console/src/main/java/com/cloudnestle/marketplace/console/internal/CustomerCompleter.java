package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * E-mail addresses of some customers, one page per solution: there may be millions. The shell
 * completes a later argument only if the earlier ones are among the candidates, so when it asks about a finished
 * argument (alone on its line) any text is one: addresses may be new.
 */
@Service
public final class CustomerCompleter implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerCompleter.class);
    private static final int PER_SOLUTION = 50;

    @Reference
    Platform platform;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        CatalogService catalog = platform.catalog;
        EntitlementService entitlements = platform.entitlements;
        if (catalog != null && entitlements != null) {
            catalog.entries().forEach(entry -> addCustomers(entitlements, entry.id(), names));
        }
        String typed = commandLine.getCursorArgument();
        if (typed != null && !typed.isEmpty() && commandLine.getArguments().length == 1) {
            names.getStrings().add(typed);
        }
        return names.complete(session, commandLine, candidates);
    }

    private static void addCustomers(EntitlementService entitlements, String solutionId, StringsCompleter names) {
        try {
            entitlements.ofSolution(solutionId, PER_SOLUTION, null).entitlements().stream()
                    .map(Entitlement::email)
                    .forEach(names.getStrings()::add);
        } catch (MarketplaceException e) {
            // A store that cannot answer now must not break the command line; the command itself will say it.
            LOG.debug("no customers to offer solution={} code={}", solutionId, e.problem().code());
        }
    }
}
