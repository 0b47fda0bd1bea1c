package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreTransfer.Mode;
import com.cloudnestle.marketplace.store.StoreTransfer.Progress;
import com.cloudnestle.marketplace.store.StoreTransfer.Report;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes one export into the store. */
final class StoreImport {

    /** Names the file that an import into an empty store began with, so that it can be begun again. */
    static final Key UNDER_WAY = new Key(Table.SYSTEM, "SYS", "IMPORT");

    private static final String SHA_256 = "sha256";
    private static final int TELL_EVERY = 1000;

    private final Store store;
    private final Scan scan;
    private final Mode mode;
    private final Progress progress;
    private final Map<Table, Long> written = new EnumMap<>(Table.class);

    StoreImport(Store store, Scan scan, Mode mode, Progress progress) {
        this.store = store;
        this.scan = scan;
        this.mode = mode;
        this.progress = progress;
    }

    Report from(Path source) throws IOException {
        ExportFile file = new ExportFile(source);
        AtomicReference<@Nullable String> secret = new AtomicReference<>();
        Lines.Footer footer = file.read(item -> {
            if (item.key().equals(ServerSecrets.FINGERPRINT_KEY)) {
                secret.set(item.string(ServerSecrets.FINGERPRINT).orElse(null));
            }
        });
        boolean otherSecret = isOther(secret.get());
        if (mode == Mode.INTO_EMPTY) {
            refuseUnlessEmpty(footer);
            store.put(new Item(UNDER_WAY, Map.of(SHA_256, footer.sha256())));
            deleteAll(Table.AUDIT);
        }
        write(file, footer);
        forgetWhatWasDone();
        // Last: whoever sees the new epoch reads everything anew and must find all of it.
        store.update(StoreAdmin.EPOCH_KEY, Update.builder().add(StoreAdmin.EPOCH, 1).build(), Condition.NONE);
        return new Report(source, Files.size(source), written, footer.sha256(), otherSecret);
    }

    private boolean isOther(@Nullable String fingerprint) {
        Optional<String> own = store.get(ServerSecrets.FINGERPRINT_KEY).flatMap(item -> item.string(ServerSecrets.FINGERPRINT));
        return fingerprint != null && own.isPresent() && !own.get().equals(fingerprint);
    }

    private void refuseUnlessEmpty(Lines.Footer footer) throws IOException {
        Optional<String> begun = store.get(UNDER_WAY).flatMap(item -> item.string(SHA_256));
        if (begun.filter(footer.sha256()::equals).isPresent()) {
            return;
        }
        for (Table table : Table.all()) {
            if (!scan.read(table, item -> !Belonging.showsUse(item))) {
                throw new MarketplaceException(Problem.CONFLICT, "This marketplace is in use: its table " + table.tableName()
                        + " is not empty. Import into one that was just started, or with overwriting.");
            }
        }
    }

    private void deleteAll(Table table) throws IOException {
        List<Key> keys = new ArrayList<>();
        scan.read(table, item -> keys.add(item.key()));
        keys.forEach(key -> store.delete(key, Condition.NONE));
    }

    private void write(ExportFile file, Lines.Footer footer) throws IOException {
        long total = footer.items().values().stream().mapToLong(Long::longValue).sum();
        ParallelPuts puts = new ParallelPuts(store);
        long[] read = new long[1];
        try {
            Lines.Footer again = file.read(item -> {
                if (wanted(item)) {
                    puts.put(item);
                    written.merge(item.key().table(), 1L, Long::sum);
                }
                if (++read[0] % TELL_EVERY == 0) {
                    progress.at(read[0], total);
                }
            });
            puts.finish();
            if (!again.equals(footer)) {
                throw new ExportFormatException("the file was changed while it was imported");
            }
            progress.at(total, total);
        } catch (StoreException e) {
            throw new StoreException.Unavailable("The import broke off after " + puts.done() + " of " + total
                    + " items; make the same import again to complete it. " + e.getMessage(), e);
        } finally {
            puts.stop();
        }
    }

    private boolean wanted(Item item) {
        boolean overwrite = mode == Mode.OVERWRITE;
        boolean secret = item.key().equals(ServerSecrets.FINGERPRINT_KEY);
        return Belonging.travels(item.key()) && !(overwrite && (secret || item.key().table() == Table.AUDIT));
    }

    /** Work that was finished on the data before is to be done on the new ones. */
    private void forgetWhatWasDone() throws IOException {
        List<Key> keys = new ArrayList<>();
        scan.read(Table.SYSTEM, item -> {
            if (Belonging.recordsWorkDone(item.key())) {
                keys.add(item.key());
            }
            return true;
        });
        keys.add(UNDER_WAY);
        keys.forEach(key -> store.delete(key, Condition.NONE));
    }
}
