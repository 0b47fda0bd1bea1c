package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.StoreAdmin;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the commands that save, restore and move all data have in common. */
final class StoreAccess {

    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    /** The audit log takes 2,000 characters; the end of a path says more than its beginning. */
    private static final int MAX_PATH = 1000;

    private StoreAccess() {}

    static StoreAdmin require(Platform platform) {
        return platform.store().orElseThrow(() -> new MarketplaceException(Problem.STORE_UNAVAILABLE,
                "There is no store here that can be saved and restored: either the data lie in a store that is backed up"
                        + " elsewhere, or the embedded store did not start (the lines with ERROR in log/karaf.log say why)."));
    }

    static void requireNew(Path path) {
        if (Files.exists(path)) {
            throw new MarketplaceException(Problem.CONFLICT, path + " exists already; a file is never replaced.");
        }
    }

    static MarketplaceException failed(String what, IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return new MarketplaceException(Problem.CONFLICT, what + exists.getFile() + " exists already", e);
        }
        String message = e instanceof NoSuchFileException missing ? "no such file " + missing.getFile() : e.getMessage();
        return new MarketplaceException(
                Problem.STORE_UNAVAILABLE, what + (message == null ? e.getClass().getSimpleName() : message), e);
    }

    /** The deed is done by now, so a failing log must not turn it into an error. False if the log was not written. */
    static boolean record(Platform platform, String event, Path path, long items) {
        String file = path.toString();
        Map<String, String> details = Map.of(
                "file", file.substring(Math.max(0, file.length() - MAX_PATH)), "items", Long.toString(items));
        try {
            platform.audit().append(Platform.ACTOR, event, "store", details);
            return true;
        } catch (MarketplaceException e) {
            LOG.warn("not audited event={} details={} reason={}", event, details, e.getMessage());
            return false;
        }
    }
}
