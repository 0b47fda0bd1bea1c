package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derives all keys from 32 random bytes in {@code <data>/secrets/server.key} (64 hexadecimal digits and a line end).
 * Refuses to work with a file that is damaged or that others may read: a secret that may have been seen is none, and a
 * silently replaced one would make every token underivable.
 */
final class FileServerSecrets implements ServerSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(FileServerSecrets.class);
    private static final String FILE = "server.key";
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * SECRET_BYTES + "}\\R?");
    private static final byte[] SALT = "cloudnestle-marketplace/server-secrets/1".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final byte[] root;
    /** Purposes are a handful of constants of the callers, so this does not grow. */
    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

    FileServerSecrets(Path data) {
        DataFolder folder = new DataFolder(data, "secrets");
        file = folder.file(FILE);
        // A dangling link is no reason to make a new secret either, so links are not followed here.
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            folder.write(FILE, HexFormat.of().formatHex(random()) + "\n");
            LOG.info("server secret made file={}", file);
        }
        root = Hkdf.extract(SALT, read(file));
    }

    @Override
    public byte[] keyedHash(String purpose, String text) {
        byte[] key = keys.computeIfAbsent(
                purpose, name -> Hkdf.expand(root, name.getBytes(StandardCharsets.UTF_8)));
        return Hkdf.hmac(key, text);
    }

    /** Where the secret lies. */
    Path file() {
        return file;
    }

    private static byte[] random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw refusal(file, "is not a file", null);
            }
            if (!DataFolder.foreignRights(file).isEmpty()) {
                throw refusal(file, "is open to other users of this machine. Run 'chmod 600' on it if you"
                        + " are sure that nobody read it; else treat it as known and replace it", null);
            }
            if (Files.size(file) > 2L * SECRET_BYTES + 2) {
                throw malformed(file, null);
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            if (!FORM.matcher(text).matches()) {
                throw malformed(file, null);
            }
            return HexFormat.of().parseHex(text.strip());
        } catch (CharacterCodingException e) {
            throw malformed(file, e);
        } catch (IOException e) {
            throw refusal(file, "cannot be read by this user (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static IllegalStateException malformed(Path file, @Nullable Exception cause) {
        return refusal(file, "is damaged: it must hold 64 hexadecimal digits. Put the copy from your backup there;"
                + " if there is none, delete it and all tokens keep working but cannot be shown again", cause);
    }

    private static IllegalStateException refusal(
            Path file, String what, @Nullable Exception cause) {
        return new IllegalStateException("The server secret " + file + " " + what + ".", cause);
    }
}
