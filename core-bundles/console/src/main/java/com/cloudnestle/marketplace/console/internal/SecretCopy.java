package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The copy of the server's secret beside a backup ({@code <backup>.key}, for the server's user only). Without it
 * restored tokens still work, but no one can be shown a token again.
 */
final class SecretCopy {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}\\R?");
    private static final int MAX_BYTES = 100;

    private final Path secret;
    private final Path copy;

    SecretCopy(Path data, Path backup) {
        secret = data.resolve("secrets").resolve("server.key");
        copy = backup.resolveSibling(backup.getFileName() + ".key");
    }

    Path file() {
        return copy;
    }

    /** Makes the copy. Empty if this server has no such secret. */
    Optional<Path> save() throws IOException {
        if (!Files.exists(secret)) {
            return Optional.empty();
        }
        write(copy, Files.readAllBytes(secret));
        return Optional.of(copy);
    }

    /**
     * The secret beside the backup if the server has another one or none.
     *
     * @throws MarketplaceException if what lies there is no secret
     */
    Optional<byte[]> different() throws IOException {
        if (!Files.exists(copy)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(copy) || Files.size(copy) > MAX_BYTES) {
            throw damaged();
        }
        byte[] saved = Files.readAllBytes(copy);
        if (!FORM.matcher(new String(saved, StandardCharsets.ISO_8859_1)).matches()) {
            throw damaged();
        }
        boolean same = Files.exists(secret) && Arrays.equals(saved, Files.readAllBytes(secret));
        return same ? Optional.empty() : Optional.of(saved);
    }

    /** Writes the secret next to the present one, so that only a rename is left to do after the data are restored. */
    Path stage(byte[] saved) throws IOException {
        BackupFolder.makeParent(secret);
        Path staged = secret.resolveSibling("server.key.restored");
        Files.deleteIfExists(staged);
        write(staged, saved);
        return staged;
    }

    /** Puts the staged secret in place and keeps the former one beside it. */
    void putBack(Path staged) throws IOException {
        if (Files.exists(secret, LinkOption.NOFOLLOW_LINKS)) {
            Path former = secret.resolveSibling("server.key.former");
            Files.deleteIfExists(former);
            write(former, Files.readAllBytes(secret));
        }
        Files.move(staged, secret, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private MarketplaceException damaged() {
        return new MarketplaceException(Problem.CONFLICT, copy + " is no server secret; nothing was changed. Move it away"
                + " to restore the data without it: tokens will work, but cannot be shown again.");
    }

    /** Never readable by others, not even for a moment; on disk when this returns. */
    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                BackupFolder.ownerOnly(file, "rw-------"))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
