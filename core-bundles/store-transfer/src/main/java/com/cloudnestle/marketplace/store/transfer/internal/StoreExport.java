package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreTransfer.Progress;
import com.cloudnestle.marketplace.store.StoreTransfer.Report;
import com.cloudnestle.marketplace.store.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Writes one export. */
final class StoreExport {

    private static final int TELL_EVERY = 1000;

    private final Scan scan;
    private final Progress progress;
    private final Map<Table, Long> items = new EnumMap<>(Table.class);
    private final Sha256 sha256 = new Sha256();
    private long done;

    StoreExport(Scan scan, Progress progress) {
        this.scan = scan;
        this.progress = progress;
    }

    Report to(Path target) throws IOException {
        boolean written = false;
        // Opened outside the part that deletes: a file that was there before is not this export's to delete.
        FileChannel channel = FileChannel.open(
                target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(target));
        try (channel; OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            write(out, Lines.header());
            for (Table table : Table.all()) {
                scan.read(table, item -> {
                    write(out, item);
                    return true;
                });
            }
            String sum = sha256.hex();
            out.write(Lines.footer(new Lines.Footer(items, sum)));
            out.flush();
            channel.force(true);
            written = true;
            progress.at(done, done);
            return new Report(target, channel.size(), items, sum, false);
        } finally {
            if (!written) {
                Files.deleteIfExists(target);
            }
        }
    }

    private void write(OutputStream out, Item item) throws IOException {
        if (!Belonging.travels(item.key())) {
            return;
        }
        write(out, Lines.item(item));
        items.merge(item.key().table(), 1L, Long::sum);
        done++;
        if (done % TELL_EVERY == 0) {
            progress.at(done, 0);
        }
    }

    private void write(OutputStream out, byte[] line) throws IOException {
        sha256.add(line);
        out.write(line);
    }

    /** The file holds addresses of customers. Nothing where the file system knows no such rights. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
