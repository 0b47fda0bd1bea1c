package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.store.StoreTransfer;
import java.io.PrintStream;
import org.apache.karaf.shell.api.console.Session;

/** Shows how far a transfer is, while it goes on. */
final class TransferProgress {

    private static final long TELL_EVERY = 10_000;

    private TransferProgress() {}

    /** Silent for programs: their answer is one document. */
    static StoreTransfer.Progress on(Session session, boolean json) {
        PrintStream out = session.getConsole();
        return (done, total) -> {
            if (!json && done > 0 && done % TELL_EVERY == 0) {
                out.println("  " + done + (total > 0 ? " of " + total : "") + " items");
            }
        };
    }
}
