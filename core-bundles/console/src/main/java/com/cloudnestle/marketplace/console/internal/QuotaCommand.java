package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.console.internal.Customers.Person;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.util.List;
import java.util.stream.Stream;
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

/** Where a customer or a visitor stands with a solution, and what was used in the last days. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "quota", description = "Shows limits, use and recent history of a customer or visitor")
public final class QuotaCommand implements Action {

    @Argument(index = 0, name = "who", description = "E-mail address, customer id (cus_...) or visitor id (anon_...)", required = true)
    @Completion(CustomerCompleter.class)
    String who = "";

    @Argument(index = 1, name = "solution", description = "Solution id or alias", required = true)
    @Completion(SolutionCompleter.class)
    String solution = "";

    @Option(name = "--reset", description = "Set all counters to 0 first; audited")
    boolean reset;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param limit -1: unlimited, then {@code remaining} is -1, too */
    record Window(String window, long limit, long used, long remaining, @Nullable String resetsAt) {
        static Window of(WindowState state) {
            return new Window(state.window(), state.limit(), state.used(), state.remaining(),
                    state.resetsAt().map(Object::toString).orElse(null));
        }
    }

    record Meter(String action, String tier, @Nullable String validUntil, List<Window> windows) {
        static Meter of(QuotaState state) {
            return new Meter(state.action(), state.tier(), state.validUntil().map(Object::toString).orElse(null),
                    state.windows().stream().map(Window::of).toList());
        }
    }

    record View(
            String who, String subject, String solutionId, boolean reset, List<Meter> meters, List<RecentUsage.Day> usage) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        CatalogEntry entry = platform.catalog().require(solution);
        Person person = new Customers(platform).person(who);
        List<QuotaState> states = reset
                ? platform.quota().reset(person.subject(), entry.id(), Platform.ACTOR)
                : platform.quota().states(person.subject(), entry.id());
        View view = new View(person.name(), person.subject().key(), entry.id(), reset,
                states.stream().map(Meter::of).toList(), RecentUsage.of(platform, person.subject(), entry.id()));
        return new Answer(view, screen -> print(view, screen));
    }

    private static void print(View view, Screen screen) {
        String tier = view.meters().stream().findFirst().map(Meter::tier).orElse("-");
        screen.line(view.who() + " on " + view.solutionId() + ", tier " + tier
                + (view.reset() ? "; all counters were set to 0" : ""));
        screen.table(
                List.of("Meter", "Window", "Limit", "Used", "Remaining", "Resets at", "Tier ends"),
                view.meters().stream().flatMap(QuotaCommand::rows).toList());
        screen.line("");
        screen.line("Used per day (UTC):");
        RecentUsage.chart(view.usage()).forEach(screen::line);
    }

    private static Stream<List<String>> rows(Meter meter) {
        String ends = meter.validUntil() == null ? "never" : meter.validUntil();
        if (meter.windows().isEmpty()) {
            return Stream.of(List.of(meter.action(), "not part of the tier", "0", "0", "0", "-", ends));
        }
        return meter.windows().stream()
                .map(w -> List.of(meter.action(), w.window(), Wording.amount(w.limit()), Long.toString(w.used()),
                        Wording.amount(w.remaining()), w.resetsAt() == null ? "never" : w.resetsAt(), ends));
    }
}
