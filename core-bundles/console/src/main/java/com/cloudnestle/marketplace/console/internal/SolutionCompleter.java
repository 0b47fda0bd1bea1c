package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Ids and aliases of all solutions. */
@Service
public final class SolutionCompleter implements Completer {

    @Reference
    Platform platform;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        CatalogService catalog = platform.catalog;
        if (catalog != null) {
            catalog.entries().forEach(entry -> {
                names.getStrings().add(entry.id());
                names.getStrings().addAll(entry.descriptor().aliases());
            });
        }
        return names.complete(session, commandLine, candidates);
    }
}
