package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Names of the tier profiles. */
@Service
public final class ProfileCompleter implements Completer {

    @Reference
    Platform platform;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        CatalogService catalog = platform.catalog;
        if (catalog != null) {
            catalog.profiles().forEach(profile -> names.getStrings().add(profile.name()));
        }
        return names.complete(session, commandLine, candidates);
    }
}
