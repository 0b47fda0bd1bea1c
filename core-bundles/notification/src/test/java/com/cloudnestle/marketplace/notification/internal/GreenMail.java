package com.cloudnestle.marketplace.notification.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;

/**
 * A mail server as a process of its own, on ports the system gives. It ends with the process that started it. Mailboxes are
 * read by IMAP.
 */
final class GreenMail implements AutoCloseable {

    static final String USER = "postbox";
    static final String PASSWORD = "hush";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

    private final Process process;
    private final Path log;
    private final int imap;

    private GreenMail(Process process, Path log, int imap) {
        this.process = process;
        this.log = log;
        this.imap = imap;
    }

    /** What the process runs: the server, and a watch over whoever holds the other end of standard input. */
    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // only that somebody is there matters
                }
            } catch (IOException e) {
                // the other end is gone, too
            }
            Runtime.getRuntime().halt(0);
        }, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class<?> runner = Class.forName("com.icegreen.greenmail.standalone.GreenMailStandaloneRunner");
        Method main = runner.getMethod("main", String[].class);
        main.invoke(null, (Object) new String[0]);
    }

    /** Bound to a port that was free: nobody else gets it while this is open, and whoever connects is refused. */
    static Socket anyPort() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return socket;
    }

    /** @param options further system properties, {@code -D…} */
    static GreenMail start(Path folder, String protocol, int port, String mailbox, String... options) throws IOException {
        int imap;
        int api;
        try (Socket one = anyPort(); Socket another = anyPort()) {
            imap = one.getLocalPort();
            api = another.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dgreenmail.hostname=127.0.0.1",
                "-Dgreenmail." + protocol + ".hostname=127.0.0.1", "-Dgreenmail." + protocol + ".port=" + port,
                "-Dgreenmail.imap.hostname=127.0.0.1", "-Dgreenmail.imap.port=" + imap,
                "-Dgreenmail.api.hostname=127.0.0.1", "-Dgreenmail.api.port=" + api,
                "-Dgreenmail.users=" + USER + ":" + PASSWORD + "@market.example,reader:" + PASSWORD + "@" + domain(mailbox),
                "-Dgreenmail.users.login=local_part", "-Dgreenmail.startup.timeout=180000"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", Path.of("target/greenmail/greenmail.jar").toAbsolutePath() + System.getProperty("path.separator")
                + GreenMail.class.getProtectionDomain().getCodeSource().getLocation().getPath(), GreenMail.class.getName()));
        Path log = folder.resolve("greenmail-" + port + ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        GreenMail server = new GreenMail(process, log, imap);
        server.await(port);
        server.await(imap);
        return server;
    }

    private static String domain(String mailbox) {
        return mailbox.substring(mailbox.indexOf('@') + 1);
    }

    private void await(int port) throws IOException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < PATIENCE_NANOS && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        String said = Files.readString(log);
        close();
        throw new IllegalStateException("the mail server did not start: " + said);
    }

    /** What lies in the mailbox {@code reader}. */
    List<MimeMessage> mailbox() throws Exception {
        Properties properties = new Properties();
        properties.put("mail.imap.host", "127.0.0.1");
        properties.put("mail.imap.port", Integer.toString(imap));
        properties.put("mail.imap.timeout", "60000");
        List<MimeMessage> found = new ArrayList<>();
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("reader", PASSWORD);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            for (Message message : inbox.getMessages()) {
                found.add(new MimeMessage((MimeMessage) message));
            }
            inbox.close(false);
        }
        return found;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
