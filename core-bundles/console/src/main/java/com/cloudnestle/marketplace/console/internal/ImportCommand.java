package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.StoreTransfer;
import com.cloudnestle.marketplace.store.StoreTransfer.Mode;
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
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Takes in what {@code market:export} wrote, from whatever store that was. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "import", description = "Takes in the data of an export, into a marketplace that is not in use yet")
public final class ImportCommand implements Action {

    @Argument(index = 0, name = "file", required = true,
            description = "An export; relative names are in the folder backups of the data directory")
    @Completion(ExportCompleter.class)
    String file = "";

    @Option(name = "--overwrite", description = "Also into a marketplace in use: items of the file REPLACE those with the same key")
    boolean overwrite;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param secret what is to be done about the server's secret */
    record View(String file, long items, String sha256, long durationMillis, Secret secret, boolean audited) {}

    enum Secret {
        /** The data were made with the one of this server. */
        SAME,
        /** They came with another one, which lies in its place now. */
        PUT_IN_PLACE,
        /** They need another one, which is not beside the file. */
        MISSING,
        /** They were made with another one, but this marketplace keeps its own. */
        OTHER_KEPT
    }

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        StoreTransfer transfer = platform.transfer();
        Path source = new BackupFolder(platform.data).file("file", file);
        if (!Files.isRegularFile(source)) {
            throw new MarketplaceException(Problem.NOT_FOUND, "There is no file " + source + ".");
        }
        try {
            View view = imported(transfer, source);
            return new Answer(view, screen -> print(view, screen));
        } catch (IOException e) {
            throw StoreAccess.failed("Nothing was imported: ", e);
        }
    }

    private View imported(StoreTransfer transfer, Path source) throws IOException {
        Instant begin = platform.clock().instant();
        SecretCopy copy = new SecretCopy(platform.data, source);
        Optional<byte[]> other = copy.different(); // before anything is written: a damaged one is refused
        Report report = transfer.importFrom(
                source, overwrite ? Mode.OVERWRITE : Mode.INTO_EMPTY, TransferProgress.on(session, json));
        Secret secret = secret(report, copy, other);
        long millis = Duration.between(begin, platform.clock().instant()).toMillis();
        boolean audited = StoreAccess.record(platform, "store.imported", report.file(), report.total());
        return new View(source.toString(), report.total(), report.sha256(), Math.max(0, millis), secret, audited);
    }

    private Secret secret(Report report, SecretCopy copy, Optional<byte[]> other) {
        if (!report.otherSecret()) {
            return Secret.SAME;
        }
        if (overwrite) {
            return Secret.OTHER_KEPT;
        }
        if (other.isEmpty()) {
            return Secret.MISSING;
        }
        try {
            copy.putBack(copy.stage(other.get()));
            return Secret.PUT_IN_PLACE;
        } catch (IOException e) {
            throw new MarketplaceException(Problem.INTERNAL, "The data are imported, but not the secret: " + e.getMessage()
                    + ". Stop the server and copy " + copy.file() + " to secrets/server.key in its data directory.", e);
        }
    }

    private static void print(View view, Screen screen) {
        screen.line("Imported " + view.items() + " items from " + view.file() + " in " + view.durationMillis() + " ms");
        screen.line(switch (view.secret()) {
            case SAME -> "The server's secret is the one that the data were made with. Restart all nodes soon: the admin key of"
                    + " the imported data holds from the next start, unless the environment gives one.";
            case PUT_IN_PLACE -> "The data were made with another server secret. It was put in place here; the former one is kept"
                    + " as server.key.former. RESTART THIS SERVER NOW, and give every other node the same file before its start.";
            case MISSING -> "The data were made with ANOTHER SERVER SECRET, which is not beside the file. Stop all nodes, copy"
                    + " secrets/server.key of the exporting server into the data directory of each, and start them again.";
            case OTHER_KEPT -> "The data were made with another server secret; this marketplace keeps its own. Tokens that came in"
                    + " work, but cannot be shown again. The audit log of the file was left out. Restart all nodes soon.";
        });
        if (!view.audited()) {
            screen.line("The audit log could not be written.");
        }
    }
}
