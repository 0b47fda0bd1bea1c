package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pretended provider's orders as one file, so that a restart keeps them. Written as a whole or not at all. */
final class OrderFile {

    private static final Logger LOG = LoggerFactory.getLogger(OrderFile.class);

    private final Path file;

    OrderFile(Path file) {
        this.file = file;
    }

    /** Nothing if there is none; one that cannot be read is told in the log, and the next change replaces it. */
    List<Order> load() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return List.of(Desk.JSON.readValue(file.toFile(), Order[].class));
        } catch (IOException | RuntimeException e) {
            LOG.error("event=sandbox_orders_unreadable file={}; it begins without", file, e);
            return List.of();
        }
    }

    void save(Collection<Order> orders) {
        try {
            Path half = file.resolveSibling(file.getFileName() + ".new");
            Files.write(half, Desk.JSON.writeValueAsBytes(orders));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("event=sandbox_orders_not_kept file={}", file, e);
        }
    }
}
