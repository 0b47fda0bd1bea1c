package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Customer;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** The first thing to type when a customer says "it does not let me". Takes nothing and changes nothing. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "why", description = "Explains step by step why a call would be allowed or refused now")
public final class WhyCommand implements Action {

    @Argument(index = 0, name = "token or customer",
            description = "Solution token, e-mail address, customer id or visitor id; none: asks for a token, which keeps it"
                    + " out of the shell's history")
    @Completion(CustomerCompleter.class)
    @Nullable String who;

    @Argument(index = 1, name = "solution", description = "Solution id or alias; needed unless a token is given")
    @Completion(SolutionCompleter.class)
    @Nullable String solution;

    @Option(name = "--action", description = "Look at this action only", valueToShowInHelp = "all actions")
    @Nullable String action;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    @Override
    public @Nullable Object execute() throws Exception {
        // The shell names the thread after the whole line and the log prints that name; a token must not get there.
        Thread.currentThread().setName("market:why");
        return Screen.show(session, json, () -> answer(who == null ? ask() : who));
    }

    private String ask() {
        try {
            String line = session.readLine("Token: ", '*');
            return line == null ? "" : line.strip();
        } catch (UnsupportedOperationException e) { // a single command from outside has no keyboard
            throw MarketplaceException.invalid("token or customer",
                    "is missing; only the interactive console asks for it: ./run console, then market:why");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(String text) {
        if (text.isEmpty()) {
            throw MarketplaceException.invalid("token or customer", "is missing");
        }
        AccessReport report = report(text);
        return new Answer(report, screen -> print(report, screen));
    }

    private AccessReport report(String text) {
        AccessCheck check = new AccessCheck(platform, action);
        boolean person = text.contains("@") || text.startsWith(Customer.PREFIX) || text.startsWith("anon_");
        if (!person) {
            return check.ofToken(text, solution);
        }
        if (solution == null) {
            throw MarketplaceException.invalid("solution", "is missing; it is needed unless a token is given");
        }
        return check.ofPerson(new Customers(platform).person(text), solution);
    }

    private static void print(AccessReport report, Screen screen) {
        screen.table(List.of("", "Check", "Found", "What to do"), report.steps().stream()
                .map(step -> List.of(mark(step), step.check(), step.detail(), step.next() == null ? "" : step.next()))
                .toList());
        screen.line("");
        if (report.verdicts().isEmpty()) {
            screen.line("REFUSED");
        }
        for (AccessReport.Verdict verdict : report.verdicts()) {
            screen.line(verdict.action() + ": " + (verdict.allowed()
                    ? "ALLOWED, " + verdict.message()
                    : "REFUSED with " + verdict.status() + " " + verdict.code() + ": " + verdict.message()));
            if (verdict.next() != null) {
                screen.line("  next: " + verdict.next());
            }
        }
    }

    private static String mark(Step step) {
        return switch (step.state()) {
            case OK -> "ok";
            case NOTE -> "note";
            case FAILED -> "NO";
        };
    }
}
