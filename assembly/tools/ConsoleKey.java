import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * Makes a key pair for the console: {@code java ConsoleKey.java <file>} writes the private key (PKCS #8, readable by its
 * owner only) and prints the public one as keys.properties wants it, which is the middle word of an OpenSSH public key.
 * Written in Java because ssh-keygen is not on every machine that has Java.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4253#section-6.6">RFC 4253, public key format ssh-rsa</a>
 */
public final class ConsoleKey {
    private ConsoleKey() {
    }

    public static void main(String[] arguments) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        KeyPair pair = generator.generateKeyPair();
        writePrivate(Path.of(arguments[0]), pair);
        System.out.println(Base64.getEncoder().encodeToString(wireFormat((RSAPublicKey) pair.getPublic())));
    }

    private static void writePrivate(Path file, KeyPair pair) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    private static byte[] wireFormat(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
        write(out, key.getPublicExponent());
        write(out, key.getModulus());
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, BigInteger number) throws IOException {
        write(out, number.toByteArray());
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
