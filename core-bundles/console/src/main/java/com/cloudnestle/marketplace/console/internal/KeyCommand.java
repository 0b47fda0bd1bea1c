package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.ApiKeys.IssuedKey;
import com.cloudnestle.marketplace.identity.ApiKeys.KeyInfo;
import java.util.List;
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

/** Makes, lists and ends the keys with which a solution that runs elsewhere calls the marketplace. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "key", description = "Makes a key for a solution (shown once), lists or revokes its keys")
public final class KeyCommand implements Action {

    @Argument(index = 0, name = "solution", description = "Solution id or alias", required = true)
    @Completion(SolutionCompleter.class)
    String solution = "";

    @Option(name = "--name", description = "What the key is for, 1 to 60 characters", valueToShowInHelp = "console")
    @Nullable String name;

    @Option(name = "--list", description = "List the keys of the solution; the keys themselves are not kept")
    boolean list;

    @Option(name = "--revoke", description = "End this key at once", valueToShowInHelp = "key id")
    @Nullable String revoke;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Key(String id, String solutionId, String name, String createdAt) {
        static Key of(KeyInfo info) {
            return new Key(info.id(), info.solutionId(), info.name(), info.createdAt().toString());
        }
    }

    record Keys(String solutionId, List<Key> keys) {}

    record Made(Key key, String secret) {}

    record Revoked(String solutionId, String revoked) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if ((list ? 1 : 0) + (revoke == null ? 0 : 1) + (name == null ? 0 : 1) > 1) {
            throw MarketplaceException.invalid("options", "give only one of --name, --list and --revoke");
        }
        CatalogEntry entry = platform.catalog().require(solution);
        if (list) {
            return listed(entry.id());
        }
        return revoke == null ? made(entry.id(), name == null ? Platform.ACTOR : name) : revoked(entry.id(), revoke);
    }

    private Answer listed(String id) {
        Keys view = new Keys(id, platform.keys().solutionKeys(id).stream().map(Key::of).toList());
        return new Answer(view, screen -> screen.table(
                List.of("Id", "Name", "Created"),
                view.keys().stream().map(key -> List.of(key.id(), key.name(), key.createdAt())).toList()));
    }

    private Answer made(String id, String purpose) {
        IssuedKey issued = platform.keys().issueSolutionKey(id, purpose, Platform.ACTOR);
        Made view = new Made(Key.of(issued.info()), issued.secret());
        return new Answer(view, screen -> {
            screen.line(view.secret());
            screen.line("key " + view.key().id() + " of " + id + "; it is shown only this once");
        });
    }

    private Answer revoked(String id, String keyId) {
        platform.keys().revokeSolutionKey(id, keyId, Platform.ACTOR);
        return new Answer(new Revoked(id, keyId), screen -> screen.line("key " + keyId + " of " + id + " works no longer"));
    }
}
