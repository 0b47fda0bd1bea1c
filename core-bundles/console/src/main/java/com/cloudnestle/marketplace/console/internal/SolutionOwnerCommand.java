package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.solution.PluginReport.Plugin;
import com.cloudnestle.marketplace.solution.PluginReport.State;
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

/** Shows which bundle a solution id belongs to, and gives it to another: a bundle that was renamed, or a new partner's. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "solution-owner", description = "Shows which bundle a solution id belongs to, or gives it to another")
public final class SolutionOwnerCommand implements Action {

    @Argument(index = 0, name = "solution", description = "Solution id or alias", required = true)
    @Completion(SolutionCompleter.class)
    String solution = "";

    @Argument(index = 1, name = "bundle", description = "Symbolic name of the bundle that gets it, with all its customers;"
            + " none: show to whom it belongs")
    @Nullable String bundle;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Owner(String solutionId, @Nullable String bundle, boolean changed) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        String id = platform.catalog().require(solution).id();
        Optional<String> before = platform.owners().owner(id);
        if (bundle == null) {
            return new Answer(new Owner(id, before.orElse(null), false), screen -> screen.line(before
                    .map(owner -> id + " belongs to bundle " + owner)
                    .orElse(id + " belongs to no bundle yet; the next one that serves it gets it")));
        }
        platform.owners().give(id, bundle, Platform.ACTOR);
        boolean changed = !before.equals(Optional.of(bundle));
        return new Answer(new Owner(id, bundle, changed), screen -> {
            screen.line(id + " belongs to bundle " + bundle + (changed ? " now" : " already"));
            stranger(id).ifPresent(other -> screen.line("bundle " + other + " serves it until it is taken out; then deploy "
                    + bundle + " again"));
        });
    }

    /** Who serves the id although it is another's now. */
    private Optional<String> stranger(String id) {
        return new SolutionOverview(platform).plugin(id)
                .filter(plugin -> plugin.state() == State.RUNNING)
                .map(Plugin::bundle)
                .filter(serving -> !serving.equals(bundle));
    }
}
