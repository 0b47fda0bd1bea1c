package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.entitlement.MigrationReport;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Figures;
import com.cloudnestle.marketplace.entitlement.MigrationReport.Quarantined;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Takes over the entitlements of older software, all at once. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "migrate",
        description = "Brings entitlements of older software into the present form; running it again does no harm")
public final class MigrateCommand implements Action {

    /** Unreadable entitlements shown on the screen; the report file has all. */
    private static final int SHOWN = 20;

    @Option(name = "--dry-run", description = "Only say what would be done; writes nothing")
    boolean dryRun;

    @Option(name = "--report", description = "New file for all that cannot be read, with reasons; relative names are in the"
            + " folder backups of the data directory", valueToShowInHelp = "none")
    @Nullable String report;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param reportFile null if none was asked for */
    record View(boolean dryRun, boolean complete, Figures figures, Map<String, Long> notInstalled,
            List<Quarantined> quarantined, @Nullable String reportFile) {}

    @Override
    public @Nullable Object execute() throws Exception {
        long[] unreadable = new long[1];
        Screen.show(session, json, () -> {
            View view = migrated();
            unreadable[0] = Math.max(view.figures().quarantined(), view.quarantined().size());
            return new Answer(view, screen -> print(view, screen));
        });
        if (unreadable[0] > 0) {
            String left = unreadable[0] + " of the old entitlements cannot be read; correct them in the store and run"
                    + " market:migrate again.";
            throw new CommandException(left, left);
        }
        return null;
    }

    private View migrated() {
        Path file = report == null ? null : new BackupFolder(platform.data).file("--report", report);
        if (file != null) {
            StoreAccess.requireNew(file);
        }
        MigrationReport done = platform.migration().run(dryRun, progress());
        if (file != null) {
            write(file, done);
        }
        return new View(done.dryRun(), done.complete(), done.figures(), done.notInstalled(), done.quarantined(),
                file == null ? null : file.toString());
    }

    /** One line that is written over; none where a program reads. */
    private Consumer<Figures> progress() {
        if (json) {
            return figures -> {};
        }
        return figures -> {
            session.getConsole().print("\r" + figures.scanned() + " looked at, " + (figures.upgraded() + figures.merged())
                    + (dryRun ? " to be taken over" : " taken over") + ", " + figures.quarantined() + " unreadable");
            session.getConsole().flush();
        };
    }

    private static void write(Path file, MigrationReport done) {
        List<String> lines = new ArrayList<>(List.of("key\treason\tsince"));
        done.quarantined().forEach(each -> lines.add(
                field(each.key()) + "\t" + field(each.reason()) + "\t" + each.since()));
        try {
            BackupFolder.makeParent(file);
            Files.write(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MarketplaceException(Problem.INTERNAL, "The migration ran, but its report could not be written to "
                    + file + "; run it again with another name.", e);
        }
    }

    private static String field(String text) {
        return text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static void print(View view, Screen screen) {
        Figures figures = view.figures();
        screen.line("");
        screen.table(List.of("Entitlements", "Number"), List.of(
                row("looked at", figures.scanned()),
                row("in the present form already", figures.alreadyNew()),
                row(view.dryRun() ? "would be taken over" : "taken over", figures.upgraded()),
                row("joined to one the customer has already", figures.merged()),
                row("of these, owners whose address is not known", figures.placeholders()),
                row("of solutions that are not installed", figures.notInstalled()),
                row("unreadable", figures.quarantined())));
        view.notInstalled().forEach((solution, number) ->
                screen.line("Not installed: " + solution + " (" + number + "). Install it and run this again."));
        if (!view.quarantined().isEmpty()) {
            screen.table(List.of("Unreadable", "Reason", "Since"), view.quarantined().stream().limit(SHOWN)
                    .map(each -> List.of(each.key(), each.reason(), each.since().truncatedTo(ChronoUnit.SECONDS).toString()))
                    .toList());
        }
        if (view.quarantined().size() > SHOWN && view.reportFile() == null) {
            screen.line((view.quarantined().size() - SHOWN) + " more; --report writes all of them to a file.");
        }
        if (view.reportFile() != null) {
            screen.line("Report: " + view.reportFile());
        }
        screen.line(conclusion(view));
    }

    private static String conclusion(View view) {
        if (view.complete()) {
            return "No old entitlement is left.";
        }
        return view.dryRun() ? "Nothing was written." : "Old entitlements are left; calls upgrade what can be read.";
    }

    private static List<String> row(String what, long number) {
        return List.of(what, Long.toString(number));
    }
}
