package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.UserKeys.KeyInfo;
import java.util.List;
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

/** The API keys of a person; the keys themselves are not kept. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "keys", description = "Lists the API keys of a person, or revokes one")
public final class UserKeysCommand implements Action {

    @Argument(index = 0, name = "who", description = "E-mail address or customer id (cus_...)", required = true)
    @Completion(CustomerCompleter.class)
    String who = "";

    @Option(name = "--revoke", description = "End this key at once", valueToShowInHelp = "key id")
    @Nullable String revoke;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Key(String id, String solutionId, String name, String hint, List<String> actions, String createdAt,
            @Nullable String expiresAt, @Nullable String usedAt, @Nullable String revokedAt) {
        static Key of(KeyInfo info) {
            return new Key(info.id(), info.solutionId(), info.name(), info.hint(), info.actions().stream().sorted().toList(),
                    info.createdAt().toString(), text(info.expiresAt()), text(info.usedAt()), text(info.revokedAt()));
        }

        private static @Nullable String text(Optional<?> time) {
            return time.map(Object::toString).orElse(null);
        }
    }

    record View(String customerId, String email, @Nullable String revoked, List<Key> keys) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        Customer customer = new Customers(platform).existing(who);
        if (revoke != null) {
            platform.userKeys().revoke(customer.id(), revoke, Platform.ACTOR);
        }
        View view = new View(customer.id(), customer.email().value(), revoke,
                platform.userKeys().ofCustomer(customer.id()).stream().map(Key::of).toList());
        return new Answer(view, screen -> print(view, screen));
    }

    private static void print(View view, Screen screen) {
        if (view.revoked() != null) {
            screen.line("key " + view.revoked() + " of " + view.email() + " works no longer");
        }
        screen.table(List.of("Key", "Solution", "Name", "Looks like", "Actions", "Made", "Ends", "Last used", "Revoked"),
                view.keys().stream()
                        .map(key -> List.of(key.id(), key.solutionId(), key.name(), key.hint(),
                                key.actions().isEmpty() ? "all" : String.join(" ", key.actions()), key.createdAt(),
                                orDash(key.expiresAt()), orDash(key.usedAt()), orDash(key.revokedAt())))
                        .toList());
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
