package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Who changed what, newest first. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "audit", description = "Shows the audit log, or checks that nobody changed it")
public final class AuditCommand implements Action {

    private static final int MAX_LIMIT = 1000;

    @Option(name = "--limit", aliases = "-n", description = "Entries to show, 1 to 1000")
    int limit = 20;

    @Option(name = "--before", description = "Only entries older than this number", valueToShowInHelp = "newest first")
    @Nullable Long before;

    @Option(name = "--verify", description = "Check the chain of hashes instead")
    boolean verify;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Entry(
            long sequence, String at, String actor, String event, String subject, Map<String, String> details, String hash) {
        static Entry of(AuditEntry entry) {
            return new Entry(entry.sequence(), entry.at().toString(), entry.actor(), entry.event(), entry.subject(),
                    new TreeMap<>(entry.details()), entry.hash());
        }
    }

    record Entries(List<Entry> entries) {}

    /** @param firstBroken number of the first entry that does not fit; null: the chain is whole */
    record Chain(boolean whole, @Nullable Long firstBroken) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, verify ? this::verified : this::entries);
    }

    private Answer verified() {
        Optional<Long> broken = platform.audit().verify();
        return new Answer(new Chain(broken.isEmpty(), broken.orElse(null)), screen -> screen.line(broken.isEmpty()
                ? "The chain is whole: no entry was changed, removed or put in between"
                : "BROKEN at entry " + broken.get() + ": it, or the one before, was changed or removed"));
    }

    private Answer entries() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("--limit", "must be 1 to " + MAX_LIMIT);
        }
        Entries view = new Entries(platform.audit().latest(limit, before).stream().map(Entry::of).toList());
        return new Answer(view, screen -> screen.table(
                List.of("No", "At", "Actor", "Event", "Subject", "Details"),
                view.entries().stream()
                        .map(e -> List.of(Long.toString(e.sequence()), e.at(), e.actor(), e.event(), e.subject(),
                                said(e.details())))
                        .toList()));
    }

    private static String said(Map<String, String> details) {
        return details.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
