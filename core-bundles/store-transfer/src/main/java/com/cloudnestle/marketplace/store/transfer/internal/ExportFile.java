package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads an export and leaves nothing unchecked: form, table and limits of each item, counts, sum and end. */
final class ExportFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;

    ExportFile(Path file) {
        this.file = file;
    }

    /**
     * Hands out every item, perhaps before something behind it turns out to be wrong.
     *
     * @return the last line
     * @throws ExportFormatException naming the line
     */
    Lines.Footer read(Consumer<Item> each) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return new Reading(in).read(each);
        }
    }

    /** One pass over the file. */
    private final class Reading {
        private final InputStream in;
        private final Sha256 sha256 = new Sha256();
        private final Map<Table, Long> items = new EnumMap<>(Table.class);
        private final SeenKeys seen = new SeenKeys();
        private long number;

        Reading(InputStream in) {
            this.in = in;
        }

        Lines.Footer read(Consumer<Item> each) throws IOException {
            try {
                byte[] first = next().orElseThrow(() -> new ExportFormatException("the file is empty"));
                Lines.readHeader(first);
                sha256.add(first);
                for (;;) {
                    byte[] line = next().orElseThrow(() -> new ExportFormatException("the end of the file is missing"));
                    JsonNode node = Lines.parse(line);
                    if (Lines.isFooter(node)) {
                        return checked(Lines.readFooter(node));
                    }
                    Item item = Lines.readItem(node);
                    if (!seen.add(item.key())) { // the writes are not in the order of the lines: which one stays would be chance
                        throw new ExportFormatException("the same item was there already, further up");
                    }
                    sha256.add(line);
                    items.merge(item.key().table(), 1L, Long::sum);
                    each.accept(item);
                }
            } catch (ExportFormatException e) {
                throw new ExportFormatException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }

        private Lines.Footer checked(Lines.Footer footer) throws IOException {
            if (!footer.items().equals(items)) {
                throw new ExportFormatException("there should be " + footer.items() + " items, but there are " + items);
            }
            if (!footer.sha256().equals(sha256.hex())) {
                throw new ExportFormatException("a line before this one was changed, its SHA-256 is not the one noted here");
            }
            if (next().isPresent()) {
                throw new ExportFormatException("nothing may follow the last line");
            }
            return footer;
        }

        /** With its line end; empty at the end of the file. */
        private Optional<byte[]> next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            number++;
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    return Optional.of(line.toByteArray());
                }
                if (line.size() > Lines.MAX_BYTES) {
                    throw new ExportFormatException("the line is too long");
                }
            }
            return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
        }
    }
}
