package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store file once, and then enables either {@link SqliteStore} or {@link RefusedStore}. Apart from them
 * because a component whose constructor throws is tried again for each of its users, with one error in the log each.
 */
@Component(
        service = StoreOpening.class,
        immediate = true,
        configurationPid = {"com.cloudnestle.marketplace.store", StoreOpening.PID})
public final class StoreOpening {

    static final String PID = "com.cloudnestle.marketplace.store.sqlite";

    @ObjectClassDefinition(name = "Marketplace embedded store", pid = PID)
    @interface Config {
        @AttributeDefinition(
                description = "Which store holds the data: sqlite or dynamodb (in com.cloudnestle.marketplace.store)")
        String type() default "sqlite";

        @AttributeDefinition(
                description = "Folder of the store's files, on a local disk. Empty: folder \"store\" in ${karaf.data}")
        String directory() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);
    private static final String OURS = "sqlite";
    private static final String OTHER = "dynamodb";
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    private final InstantSource clock;
    private final @Nullable Database database;
    private final String refusal;

    @Activate
    public StoreOpening(@Reference InstantSource clock, Config config, ComponentContext context) {
        this(config.type().strip(), config.directory(), new DurableConnections(), clock);
        enable(context, SqliteStore.NAME, database != null);
        enable(context, RefusedStore.NAME, !refusal.isEmpty());
    }

    private static void enable(ComponentContext context, String component, boolean enabled) {
        if (enabled) {
            context.enableComponent(component);
        } else {
            context.disableComponent(component);
        }
    }

    StoreOpening(String directory, Connections connections, InstantSource clock) {
        this(OURS, directory, connections, clock);
    }

    StoreOpening(String type, String directory, Connections connections, InstantSource clock) {
        this.clock = clock;
        if (type.equals(OTHER)) {
            LOG.info("event=store_not_chosen store={} chosen={}", OURS, type);
            database = null;
            refusal = "";
            return;
        }
        Database opened = null;
        String message = "";
        try {
            if (!type.isEmpty() && !type.equals(OURS)) {
                throw new StoreRefusedException("there is no store '" + type + "': set type in"
                        + " com.cloudnestle.marketplace.store.cfg to " + OURS + " or " + OTHER);
            }
            StoreFiles files = files(directory);
            unpackNativeLibraryIn(files);
            opened = Database.open(files, connections, clock);
            LOG.info("event=store_opened directory={}", files.directory());
        } catch (StoreRefusedException e) {
            message = String.valueOf(e.getMessage());
            LOG.error("event=store_refused message=\"{}\"", message);
            LOG.debug("event=store_refused", e);
        }
        database = opened;
        refusal = message;
    }

    /** The opened file. */
    Database database() {
        if (database == null) {
            throw new IllegalStateException(refusal);
        }
        return database;
    }

    /** The clock that expiry is read from. */
    InstantSource clock() {
        return clock;
    }

    /** Why there is none; empty if there is one, or if another store is chosen. */
    String refusal() {
        return refusal;
    }

    @Deactivate
    void close() {
        if (database != null) {
            database.close();
            LOG.info("event=store_closed directory={}", database.files().directory());
        }
    }

    private static StoreFiles files(String directory) throws StoreRefusedException {
        if (!directory.isBlank()) {
            return new StoreFiles(Path.of(directory.strip()));
        }
        String data = System.getProperty("karaf.data");
        if (data == null || data.isBlank()) {
            throw new StoreRefusedException("the store has no directory: set directory in"
                    + " com.cloudnestle.marketplace.store.sqlite.cfg or the system property karaf.data");
        }
        return new StoreFiles(Path.of(data, "store"));
    }

    /** The system's temporary folder may be mounted without the right to execute. An operator's own setting stays. */
    private static void unpackNativeLibraryIn(StoreFiles files) throws StoreRefusedException {
        if (System.getProperty(NATIVE_FOLDER) != null) {
            return;
        }
        try {
            files.createDirectory();
            Files.createDirectories(files.nativeLibrary());
            System.setProperty(NATIVE_FOLDER, files.nativeLibrary().toString());
        } catch (IOException e) {
            throw new StoreRefusedException("the store directory " + files.directory() + " cannot be used: " + e, e);
        }
    }
}
