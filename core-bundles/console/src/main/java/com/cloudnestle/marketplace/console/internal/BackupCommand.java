package com.cloudnestle.marketplace.console.internal;

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
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Saves all data, and the server's secret beside it, while the server goes on working. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "backup", description = "Saves all data and the server's secret to files")
public final class BackupCommand implements Action {

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
    record View(
            String file, long sizeBytes, long items, @Nullable String keyFile, long durationMillis, boolean audited) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        StoreAdmin store = StoreAccess.require(platform);
        Instant begin = platform.clock().instant();
        BackupFolder folder = new BackupFolder(platform.data);
        Path target = file == null ? folder.fileFor(begin, BackupFolder.BACKUP) : folder.file("file", file);
        SecretCopy secret = new SecretCopy(platform.data, target);
        StoreAccess.requireNew(target);
        StoreAccess.requireNew(secret.file());
        try {
            View view = saved(store, target, secret, begin);
            return new Answer(view, screen -> print(view, screen));
        } catch (IOException e) {
            throw StoreAccess.failed("The backup failed, no file was left behind: ", e);
        }
    }

    private View saved(StoreAdmin store, Path target, SecretCopy secret, Instant begin) throws IOException {
        BackupFolder.makeParent(target);
        boolean done = false;
        try {
            // The secret first: data without their secret must not look like a whole backup.
            Optional<Path> key = secret.save();
            BackupReport report = store.backup(target);
            done = true;
            long millis = Duration.between(begin, platform.clock().instant()).toMillis();
            boolean audited = StoreAccess.record(platform, "store.backed-up", report.file(), report.items());
            return new View(target.toString(), report.sizeBytes(), report.items(),
                    key.map(Path::toString).orElse(null), Math.max(0, millis), audited);
        } finally {
            if (!done) {
                Files.deleteIfExists(secret.file());
            }
        }
    }

    private static void print(View view, Screen screen) {
        screen.line(view.file());
        screen.line(view.items() + " items, " + Wording.size(view.sizeBytes()) + ", " + view.durationMillis() + " ms");
        if (view.keyFile() == null) {
            screen.line("This server keeps no secret file, so there is none in the backup.");
        } else {
            screen.line(view.keyFile());
            screen.line("This is the server's secret. Keep both files, and keep them private: the secret makes tokens.");
        }
        if (!view.audited()) {
            screen.line("The audit log could not be written.");
        }
    }
}
