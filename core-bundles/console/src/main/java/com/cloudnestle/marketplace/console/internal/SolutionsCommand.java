package com.cloudnestle.marketplace.console.internal;

import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Everything on sale and how it is, and the plugins that could not be put on sale. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "solutions", description = "Lists the solutions, their state and addresses, and broken plugins")
public final class SolutionsCommand implements Action {

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record View(List<SolutionOverview.Row> solutions, List<SolutionOverview.Broken> pluginsNotRunning) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        SolutionOverview overview = new SolutionOverview(platform);
        View view = new View(overview.rows(), overview.broken());
        return new Answer(view, screen -> print(view, screen));
    }

    private static void print(View view, Screen screen) {
        screen.table(
                List.of("Id", "Name", "Version", "State", "Tiers", "Profile", "Health", "Page", "API"),
                view.solutions().stream()
                        .map(row -> List.of(row.id(), row.name(), Objects.requireNonNullElse(row.version(), "-"),
                                row.state(), String.join(" ", row.tiers()),
                                Objects.requireNonNullElse(row.profile(), "own"), health(row), row.page(), row.api()))
                        .toList());
        if (!view.pluginsNotRunning().isEmpty()) {
            screen.line("");
            screen.line("Plugins that serve nothing:");
            screen.table(
                    List.of("Solution", "Bundle", "Version", "State", "Since", "Reason"),
                    view.pluginsNotRunning().stream()
                            .map(p -> List.of(Objects.requireNonNullElse(p.solutionId(), "?"), p.bundle(), p.version(),
                                    p.state(), p.since(), p.reason()))
                            .toList());
        }
    }

    private static String health(SolutionOverview.Row row) {
        if (row.healthy() == null) {
            return row.reason();
        }
        return row.healthy() ? row.health() : "FAILING: " + row.health();
    }
}
