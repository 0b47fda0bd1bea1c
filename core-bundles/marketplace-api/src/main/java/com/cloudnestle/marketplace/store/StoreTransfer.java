package com.cloudnestle.marketplace.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves everything between stores of any kind, as lines of JSON. Left out are items that have expired and those that belong
 * to running processes. Nothing keeps others from writing meanwhile: an export that must be of one moment is made while
 * nobody is served.
 *
 * <p>The file holds e-mail addresses, and hashes in place of tokens and keys. The server's secret is not in it and must be
 * brought along: without it tokens work but can no longer be shown.
 */
@ProviderType
public interface StoreTransfer {

    /**
     * Writes all data to a new file that only the server's user may read. On any error no file is left.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the target exists
     * @throws IOException if the file cannot be written
     * @throws StoreException if the store cannot be read
     */
    Report exportTo(Path target, Progress progress) throws IOException;

    /**
     * Checks the whole file, and only then writes its items. An import that broke off can be repeated with
     * {@link Mode#OVERWRITE}.
     *
     * @throws IOException if the file is missing, damaged (the message names the line) or no export; nothing was written
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code conflict} (409) if the mode is
     *     {@link Mode#INTO_EMPTY} and the marketplace is not; nothing was written
     * @throws StoreException if the store failed; the message tells how many items were written before
     */
    Report importFrom(Path source, Mode mode, Progress progress) throws IOException;

    /** What an import does with data that are there already. */
    enum Mode {
        /**
         * Nothing but what every start writes by itself may be there: no customers, entitlements, tokens, keys of
         * solutions or counters. The audit log begins with that of the file.
         */
        INTO_EMPTY,
        /**
         * Items of the file replace those with the same key, all others stay. The audit log, being a chain, stays as it
         * is: that of the file is left out.
         */
        OVERWRITE
    }

    /** Is told now and then how far a transfer is. */
    @FunctionalInterface
    interface Progress {
        /**
         * @param done items so far
         * @param total items in the file; 0 while that is not known
         */
        void at(long done, long total);
    }

    /**
     * @param file the file written or read
     * @param sizeBytes its size
     * @param items items written, by table; tables without any are left out
     * @param sha256 of the file up to its last line, in hexadecimal digits; also in that line
     * @param otherSecret import only: whether the data were made with another server secret than this store's
     */
    record Report(Path file, long sizeBytes, Map<Table, Long> items, String sha256, boolean otherSecret) {
        public Report {
            items = Map.copyOf(items);
        }

        /** Items over all tables. */
        public long total() {
            return items.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
