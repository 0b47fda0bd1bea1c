package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreAdmin.BackupReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Replaces all data by those of a backup, and the server's secret if the backup has another one. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "restore", description = "Replaces ALL data by those of a backup")
public final class RestoreCommand implements Action {

    @Argument(index = 0, name = "file", required = true,
            description = "A backup; relative names are in the folder backups of the data directory")
    @Completion(BackupCompleter.class)
    String file = "";

    @Option(name = "--yes", description = "Really do it")
    boolean yes;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /**
     * @param secret what became of the server's secret
     * @param restartNeeded whether the server works with another secret than the restored one until it is restarted
     */
    record View(
            String file, long sizeBytes, long items, long durationMillis, Secret secret, boolean restartNeeded,
            boolean audited) {}

    enum Secret {
        /** The backup has the same one. */
        UNCHANGED,
        /** Put back; the former one lies beside it. */
        RESTORED,
        /** There is none beside the backup. */
        NOT_IN_BACKUP
    }

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        StoreAdmin store = StoreAccess.require(platform);
        Path source = new BackupFolder(platform.data).file("file", file);
        if (!Files.isRegularFile(source)) {
            throw new MarketplaceException(Problem.NOT_FOUND, "There is no file " + source + ".");
        }
        if (!yes) {
            throw MarketplaceException.invalid("--yes", "is missing. This replaces ALL present data by those of " + source
                    + "; what happened since that backup is gone. Save the present data first with market:backup.");
        }
        try {
            View view = restored(store, source);
            return new Answer(view, screen -> print(view, screen));
        } catch (IOException e) {
            throw StoreAccess.failed("Nothing was restored, the present data are unchanged: ", e);
        }
    }

    private View restored(StoreAdmin store, Path source) throws IOException {
        Instant begin = platform.clock().instant();
        SecretCopy copy = new SecretCopy(platform.data, source);
        boolean inBackup = Files.exists(copy.file());
        Optional<byte[]> other = copy.different();
        Optional<Path> staged = other.isPresent() ? Optional.of(copy.stage(other.get())) : Optional.empty();
        BackupReport report;
        try {
            report = store.restore(source);
        } catch (IOException | RuntimeException e) {
            if (staged.isPresent()) {
                Files.deleteIfExists(staged.get());
            }
            throw e;
        }
        if (staged.isPresent()) {
            putBack(copy, staged.get());
        }
        long millis = Duration.between(begin, platform.clock().instant()).toMillis();
        boolean audited = StoreAccess.record(platform, "store.restored", report.file(), report.items());
        Secret secret = staged.isPresent() ? Secret.RESTORED : inBackup ? Secret.UNCHANGED : Secret.NOT_IN_BACKUP;
        return new View(source.toString(), report.sizeBytes(), report.items(), Math.max(0, millis), secret,
                staged.isPresent(), audited);
    }

    private static void putBack(SecretCopy copy, Path staged) {
        try {
            copy.putBack(staged);
        } catch (IOException e) {
            throw new MarketplaceException(Problem.INTERNAL, "The data are restored, but not the secret: " + e.getMessage()
                    + ". Stop the server and move " + staged + " to server.key in the same folder.", e);
        }
    }

    private static void print(View view, Screen screen) {
        screen.line("Restored " + view.items() + " items from " + view.file() + " in " + view.durationMillis() + " ms");
        screen.line(switch (view.secret()) {
            case UNCHANGED -> "The server's secret is the same as in the backup.";
            case RESTORED -> "The server's secret was put back, too; the former one is kept as server.key.former."
                    + " RESTART THE SERVER NOW: until then new tokens are made with the former one.";
            case NOT_IN_BACKUP -> "There was no secret beside the backup; the server keeps its own. If that is another one,"
                    + " restored tokens work but cannot be shown again.";
        });
        screen.line("Everything is as it was when the backup was made: tokens and keys revoked since then work again, from the"
                + " next start on the admin key is the one of that time unless the environment gives one, and counters stand"
                + " where they stood.");
        if (!view.audited()) {
            screen.line("The audit log could not be written.");
        }
    }
}
