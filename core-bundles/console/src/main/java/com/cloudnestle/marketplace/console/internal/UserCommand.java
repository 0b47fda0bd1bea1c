package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Accounts.AccountPage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Finds accounts, gives them roles, and keeps people out or lets them in again. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "user", description = "Shows an account, lists accounts, sets roles, suspends or lets in again")
public final class UserCommand implements Action {

    private static final int MAX_LIMIT = 1000;

    @Argument(index = 0, name = "who", description = "E-mail address or id (cus_...); with --list: how the addresses begin")
    @Completion(CustomerCompleter.class)
    @Nullable String who;

    @Option(name = "--list", description = "List accounts, ordered by address")
    boolean list;

    @Option(name = "--limit", aliases = "-n", description = "Accounts to list, 1 to 1000")
    int limit = 50;

    @Option(name = "--roles", description = "Give these roles and no others: customer, partner, operator, admin, with commas",
            valueToShowInHelp = "unchanged")
    @Nullable String roles;

    @Option(name = "--suspend", description = "Keep out: sessions end, tokens and keys rest")
    boolean suspend;

    @Option(name = "--resume", description = "Let in again")
    boolean resume;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record User(String id, String email, String name, String language, List<String> roles, boolean suspended,
            boolean passwordSet, boolean secondFactor, String createdAt) {
        static User of(Account account) {
            return new User(account.id(), account.email().value(), account.name(), account.language(),
                    account.roles().stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList(),
                    account.suspended(), account.passwordSet(), account.secondFactor(), account.createdAt().toString());
        }
    }

    record Users(List<User> users, boolean more) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if ((list ? 1 : 0) + (roles == null ? 0 : 1) + (suspend ? 1 : 0) + (resume ? 1 : 0) > 1) {
            throw MarketplaceException.invalid("options", "give only one of --list, --roles, --suspend and --resume");
        }
        if (list) {
            return listed();
        }
        if (who == null) {
            throw MarketplaceException.invalid("who", "is missing: an address or id, or --list");
        }
        Account account = new Customers(platform).account(who);
        if (roles != null) {
            return changed(platform.accounts().setRoles(account.id(), parsed(roles), Platform.ACTOR), "now has these roles");
        }
        if (suspend || resume) {
            return changed(platform.accounts().setSuspended(account.id(), suspend, Platform.ACTOR),
                    suspend ? "is suspended: sessions have ended, tokens and keys rest" : "may sign in again");
        }
        return new Answer(User.of(account), screen -> print(User.of(account), screen));
    }

    private Answer listed() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("--limit", "must be 1 to " + MAX_LIMIT);
        }
        AccountPage page = platform.accounts().list(who == null ? "" : who, limit, null);
        Users view = new Users(page.accounts().stream().map(User::of).toList(), page.cursor().isPresent());
        return new Answer(view, screen -> {
            screen.table(List.of("Address", "Name", "Roles", "State", "Since", "Id"),
                    view.users().stream()
                            .map(user -> List.of(user.email(), user.name(), String.join(" ", user.roles()),
                                    user.suspended() ? "suspended" : "active", user.createdAt(), user.id()))
                            .toList());
            if (view.more()) {
                screen.line("There are more; give the beginning of an address, or a higher --limit");
            }
        });
    }

    private static Answer changed(Account after, String what) {
        User view = User.of(after);
        return new Answer(view, screen -> {
            screen.line(view.email() + " " + what);
            print(view, screen);
        });
    }

    private static void print(User user, Screen screen) {
        screen.table(List.of("What", "Value"), List.of(
                List.of("address", user.email()), List.of("id", user.id()), List.of("name", user.name()),
                List.of("language", user.language()), List.of("roles", String.join(" ", user.roles())),
                List.of("state", user.suspended() ? "suspended" : "active"),
                List.of("password", user.passwordSet() ? "yes" : "no"),
                List.of("authenticator", user.secondFactor() ? "yes" : "no"), List.of("since", user.createdAt())));
    }

    private static Set<Role> parsed(String text) {
        Set<Role> found = EnumSet.noneOf(Role.class);
        for (String name : text.split(",")) {
            try {
                found.add(Role.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw MarketplaceException.invalid("--roles", "must be of " + Arrays.stream(Role.values())
                        .map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")));
            }
        }
        found.add(Role.CUSTOMER); // everybody is
        return found;
    }
}
