package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.store.StoreTransfer;
import com.cloudnestle.marketplace.store.StoreTransfer.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Writes all data as lines of JSON, which any store can take in, and the server's secret beside it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "export", description = "Writes all data to a file that market:import takes into any store")
public final class ExportCommand implements Action {

    @Argument(index = 0, name = "file", description = "New file; relative names are in the folder backups of the data"
            + " directory; none: a name with the present time")
    @Nullable String file;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /**
     * @param keyFile the copy of the server's secret; null if there is none
     * @param audited whether the audit log has it
     */
    record View(String file, long sizeBytes, long items, String sha256, @Nullable String keyFile, long durationMillis,
            boolean audited) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        StoreTransfer transfer = platform.transfer();
        Instant begin = platform.clock().instant();
        BackupFolder folder = new BackupFolder(platform.data);
        Path target = file == null ? folder.fileFor(begin, BackupFolder.EXPORT) : folder.file("file", file);
        SecretCopy secret = new SecretCopy(platform.data, target);
        StoreAccess.requireNew(target);
        StoreAccess.requireNew(secret.file());
        try {
            View view = exported(transfer, target, secret, begin);
            return new Answer(view, screen -> print(view, screen));
        } catch (IOException e) {
            throw StoreAccess.failed("The export failed, no file was left behind: ", e);
        }
    }

    private View exported(StoreTransfer transfer, Path target, SecretCopy secret, Instant begin) throws IOException {
        BackupFolder.makeParent(target);
        boolean done = false;
        try {
            Optional<Path> key = secret.save();
            Report report = transfer.exportTo(target, TransferProgress.on(session, json));
            done = true;
            long millis = Duration.between(begin, platform.clock().instant()).toMillis();
            boolean audited = StoreAccess.record(platform, "store.exported", report.file(), report.total());
            return new View(target.toString(), report.sizeBytes(), report.total(), report.sha256(),
                    key.map(Path::toString).orElse(null), Math.max(0, millis), audited);
        } finally {
            if (!done) {
                Files.deleteIfExists(secret.file());
            }
        }
    }

    private static void print(View view, Screen screen) {
        screen.line(view.file());
        screen.line(view.items() + " items, " + Wording.size(view.sizeBytes()) + ", " + view.durationMillis()
                + " ms, SHA-256 " + view.sha256());
        screen.line("What was written meanwhile may be missing: before moving to another store, stop serving first.");
        if (view.keyFile() == null) {
            screen.line("This server keeps no secret file, so there is none beside the export.");
        } else {
            screen.line(view.keyFile());
            screen.line("This is the server's secret. The new nodes need it, too. Keep both files private.");
        }
        if (!view.audited()) {
            screen.line("The audit log could not be written.");
        }
    }
}
