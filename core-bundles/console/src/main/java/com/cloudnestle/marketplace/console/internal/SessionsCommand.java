package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Sessions;
import java.util.List;
import java.util.Locale;
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

/** Where somebody is signed in; signs them out. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "sessions", description = "Shows where somebody is signed in, or signs them out")
public final class SessionsCommand implements Action {

    @Argument(index = 0, name = "who", description = "E-mail address or id (cus_...)", required = true)
    @Completion(CustomerCompleter.class)
    String who = "";

    @Option(name = "--end", description = "End this session", valueToShowInHelp = "session id")
    @Nullable String end;

    @Option(name = "--end-all", description = "End all of them: sign out everywhere")
    boolean endAll;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param lookedAtBy id of the administrator whose session it is, looking at the account; null: the person's own */
    record SignedIn(String id, String method, String device, @Nullable String country, String createdAt, String usedAt,
            String expiresAt, @Nullable String lookedAtBy) {
        static SignedIn of(Sessions.Session kept) {
            return new SignedIn(kept.id(), kept.method().name().toLowerCase(Locale.ROOT), kept.device(),
                    kept.place().map(place -> place.country()).orElse(null), kept.createdAt().toString(), kept.usedAt().toString(),
                    kept.expiresAt().toString(), kept.impersonator().map(Sessions.Impersonator::accountId).orElse(null));
        }
    }

    record View(String accountId, String email, int ended, List<SignedIn> sessions) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (end != null && endAll) {
            throw MarketplaceException.invalid("options", "give only one of --end and --end-all");
        }
        Account account = new Customers(platform).account(who);
        List<Sessions.Session> before = platform.sessions().ofAccount(account.id());
        int ended = 0;
        if (endAll) {
            platform.sessions().endAll(account.id(), "", Platform.ACTOR);
            ended = before.size();
        } else if (end != null) {
            String wanted = end;
            if (before.stream().noneMatch(kept -> kept.id().equals(wanted))) {
                throw new MarketplaceException(Problem.NOT_FOUND, account.email() + " has no such session.");
            }
            platform.sessions().end(account.id(), wanted, Platform.ACTOR);
            ended = 1;
        }
        View view = new View(account.id(), account.email().value(), ended,
                platform.sessions().ofAccount(account.id()).stream().map(SignedIn::of).toList());
        return new Answer(view, screen -> print(view, screen));
    }

    private static void print(View view, Screen screen) {
        if (view.ended() > 0) {
            screen.line(view.ended() + (view.ended() == 1 ? " session of " : " sessions of ") + view.email() + " ended");
        }
        screen.table(List.of("Session", "How", "Device", "Country", "Since", "Last used", "Ends", "Looked at by"),
                view.sessions().stream()
                        .map(kept -> List.of(kept.id(), kept.method(), kept.device(), kept.country() == null ? "-" : kept.country(),
                                kept.createdAt(), kept.usedAt(), kept.expiresAt(),
                                kept.lookedAtBy() == null ? "-" : kept.lookedAtBy()))
                        .toList());
    }
}
