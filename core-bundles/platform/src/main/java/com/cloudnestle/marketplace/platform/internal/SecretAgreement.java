package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.WriteResult;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the secret of this node with the one that the data in the store were made with. Two nodes with different
 * secrets would count one visitor twice and give one customer two tokens.
 */
final class SecretAgreement {

    private static final Logger LOG = LoggerFactory.getLogger(SecretAgreement.class);
    private static final int FINGERPRINT_BYTES = 8;
    private static final String FILE = "file";

    private final Store store;
    private final InstantSource clock;
    private final String own;
    private final Path file;

    /** @param file where the secret of this node lies */
    SecretAgreement(Store store, InstantSource clock, ServerSecrets secrets, Path file) {
        this.store = store;
        this.clock = clock;
        this.file = file;
        byte[] hash = secrets.keyedHash("server-secret-fingerprint", "1");
        own = HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    }

    /**
     * What keeps this node from working, for operators. A store of one process only ever gets a warning: there a lost secret
     * is a loss, but nobody else's.
     *
     * @param accepted the fingerprint of the secret that may replace the former one, or an empty text
     * @throws com.cloudnestle.marketplace.store.StoreException if it is not known
     */
    Optional<String> problem(String accepted) {
        WriteResult noted = store.put(item(), Condition.itemAbsent());
        if (noted.applied()) {
            return Optional.empty();
        }
        Item present = noted.item().orElseThrow();
        String expected = present.string(ServerSecrets.FINGERPRINT).orElse("none");
        if (expected.equals(own)) {
            return Optional.empty();
        }
        if (accepted.equals(own)) {
            store.put(item());
            LOG.warn("event=server_secret_replaced former={} fingerprint={} file={}", expected, own, file);
            return Optional.empty();
        }
        String problem = differs(expected, present.string(FILE).orElse("secrets/server.key in its data directory"));
        if (store.shared()) {
            LOG.error("event=server_secret_refused expected={} fingerprint={} file={}", expected, own, file);
            return Optional.of(problem);
        }
        LOG.warn("event=server_secret_changed expected={} fingerprint={} message=\"{}\"", expected, own, problem);
        return Optional.empty();
    }

    private String differs(String expected, String where) {
        return "The server secret " + file + " (fingerprint " + own + ") is not the one the data in the store were made with ("
                + expected + "): tokens could not be shown again and visitors would be counted anew. Stop this node, put the file "
                + where + " of the node that made it, or its copy from a backup, in the place of " + file
                + " (chmod 600), and start again. Only if that file is lost for good: set accept.fingerprint = " + own
                + " in etc/com.cloudnestle.marketplace.secrets.cfg, and give every other node the file of this one.";
    }

    private Item item() {
        return new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(
                ServerSecrets.FINGERPRINT, own,
                FILE, file.toString(),
                "createdAt", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()));
    }
}
