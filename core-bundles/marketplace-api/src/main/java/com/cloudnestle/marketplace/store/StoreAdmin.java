package com.cloudnestle.marketplace.store;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Care of an embedded store. A store that is backed up elsewhere (DynamoDB) does not offer this service. */
@ProviderType
public interface StoreAdmin {

    /**
     * The item that counts restores in number {@link #EPOCH}; missing means 0. It grows with every
     * {@link #restore restore}, so what was cached or leased before a restore can be told from what came after.
     */
    Key EPOCH_KEY = new Key(Table.SYSTEM, "SYS", "EPOCH");

    /** Attribute of {@link #EPOCH_KEY}. */
    String EPOCH = "epoch";

    /**
     * Writes a consistent, fsynced copy of all data while the store goes on working.
     *
     * @param target a file that does not exist yet; its folder is made when missing
     * @throws java.nio.file.FileAlreadyExistsException if the target exists
     */
    BackupReport backup(Path target) throws IOException;

    /**
     * Checks a backup and replaces all data with it, in one step: on any error the present data stays. The store goes
     * on with the restored data; counters are those of the moment of the backup, only the {@link #EPOCH_KEY epoch} is
     * higher than both before and in the backup.
     *
     * @throws IOException if the file is missing, damaged or not a backup of this platform
     */
    BackupReport restore(Path source) throws IOException;

    /**
     * @param file the backup file
     * @param sizeBytes its size
     * @param items items in it, over all tables
     */
    record BackupReport(Path file, long sizeBytes, long items) {}
}
