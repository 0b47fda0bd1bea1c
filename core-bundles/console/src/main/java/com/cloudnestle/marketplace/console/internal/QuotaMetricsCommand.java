package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.quota.QuotaMetrics;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** What this node has decided and counted since its start. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "quota-metrics", description = "Shows what this node has decided and counted since its start")
public final class QuotaMetricsCommand implements Action {

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param storeWritesPerDecision 0 without decisions */
    record View(long decisions, long denials, long blocksTaken, long storeWrites, double storeWritesPerDecision,
            long unitsHandedBack, long unitsLost, long liveBlocks, long accounts) {
        static View of(QuotaMetrics metrics) {
            long decisions = metrics.decisions();
            long writes = metrics.storeWrites();
            return new View(decisions, metrics.denials(), metrics.blocksTaken(), writes,
                    decisions == 0 ? 0 : (double) writes / decisions, metrics.unitsHandedBack(), metrics.unitsLost(),
                    metrics.liveBlocks(), metrics.accounts());
        }
    }

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        View view = View.of(platform.metrics());
        return new Answer(view, screen -> screen.table(List.of("Since the start of this node", "Number"), List.of(
                List.of("decisions", Long.toString(view.decisions())),
                List.of("refusals among them", Long.toString(view.denials())),
                List.of("times units were taken from the store", Long.toString(view.blocksTaken())),
                List.of("writes for counters", Long.toString(view.storeWrites())),
                List.of("writes per decision", String.format(Locale.ROOT, "%.4f", view.storeWritesPerDecision())),
                List.of("units counted ahead and handed back", Long.toString(view.unitsHandedBack())),
                List.of("units lost", Long.toString(view.unitsLost())),
                List.of("counters with units at hand now", Long.toString(view.liveBlocks())),
                List.of("counters in memory now", Long.toString(view.accounts())))));
    }
}
