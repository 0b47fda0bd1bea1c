package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what waits in the store with a key that is not in the store: links and codes in undelivered mails open accounts,
 * and a stolen database or backup must not hold such things. AES-256-GCM, bound to the mail's id.
 */
final class SealedContent {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FORM = 1;

    private final ServerSecrets secrets;
    private final SecureRandom random = new SecureRandom();

    SealedContent(ServerSecrets secrets) {
        this.secrets = secrets;
    }

    byte[] seal(String id, MailContent content) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(encode(content));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** Empty if this was sealed with another secret, for another mail, or by a later version. */
    Optional<MailContent> open(String id, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, id, Arrays.copyOf(sealed, NONCE_BYTES));
            return decode(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(secrets.keyedHash("mail-outbox", "content"), "AES");
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] encode(MailContent content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeUTF(content.to().value());
            out.writeUTF(content.language());
            out.writeInt(content.values().size());
            for (Map.Entry<String, String> value : content.values().entrySet()) {
                out.writeUTF(value.getKey());
                out.writeUTF(value.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("values are limited before they come here", e);
        }
        return bytes.toByteArray();
    }

    private static Optional<MailContent> decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                return Optional.empty();
            }
            EmailAddress to = new EmailAddress(in.readUTF());
            String language = in.readUTF();
            Map<String, String> values = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                values.put(in.readUTF(), in.readUTF());
            }
            return Optional.of(new MailContent(to, language, values));
        }
    }
}
