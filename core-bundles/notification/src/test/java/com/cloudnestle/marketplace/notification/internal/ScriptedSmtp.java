package com.cloudnestle.marketplace.notification.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on a port of its own that answers as a test says: by default it takes everything. It offers STARTTLS when it
 * has a certificate. One connection at a time.
 */
final class ScriptedSmtp implements AutoCloseable {

    /** Instead of an answer: the connection is closed. */
    static final String HANG_UP = "HANG UP";
    /** Instead of an answer: nothing, until the test ends. */
    static final String SILENCE = "SILENCE";
    /** Instead of an answer: one character now and then, each within the time for an answer. */
    static final String DRIP = "DRIP";

    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    /** Command word, or GREETING, EHLO, BODY (the end of the data), to the answer. */
    final Map<String, String> answers = new ConcurrentHashMap<>();

    private final ServerSocket listening;
    private final @Nullable SSLContext tls;
    private final CountDownLatch ended = new CountDownLatch(1);

    ScriptedSmtp() {
        this(null);
    }

    ScriptedSmtp(@Nullable SSLContext tls) {
        this.tls = tls;
        try {
            listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        ended.countDown();
        listening.close();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                talk(socket);
            } catch (IOException | InterruptedException e) {
                // the client went, or the test is over
            }
        }
    }

    private void talk(Socket plain) throws IOException, InterruptedException {
        Socket socket = plain;
        BufferedReader in = reader(socket);
        if (!answer(socket, "GREETING", "220 test ready")) {
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String word = line.split(" ")[0].toUpperCase(java.util.Locale.ROOT);
            commands.add(socket == plain ? line : "(encrypted) " + line);
            boolean open = switch (word) {
                case "EHLO" -> answer(socket, "EHLO", "250-test\r\n" + (tls == null || socket != plain ? "" : "250-STARTTLS\r\n")
                        + "250-AUTH PLAIN\r\n250 8BITMIME");
                case "STARTTLS" -> answer(socket, word, "220 go ahead");
                case "DATA" -> answer(socket, word, "354 go ahead") && (answers.containsKey(word) || body(socket, in));
                case "QUIT" -> answer(socket, word, "221 bye") && false;
                case "AUTH" -> answer(socket, word, "235 welcome");
                default -> answer(socket, word, "250 fine");
            };
            if (!open) {
                return;
            }
            if (word.equals("STARTTLS") && tls != null) {
                SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
                secured.setUseClientMode(false);
                socket = secured;
                in = reader(socket);
            }
        }
    }

    private boolean body(Socket socket, BufferedReader in) throws IOException, InterruptedException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        messages.add(message.toString());
        return answer(socket, "BODY", "250 taken");
    }

    private boolean answer(Socket socket, String to, String usual) throws IOException, InterruptedException {
        String answer = answers.getOrDefault(to, usual);
        OutputStream out = socket.getOutputStream();
        switch (answer) {
            case HANG_UP -> {
                return false;
            }
            case SILENCE -> {
                ended.await();
                return false;
            }
            case DRIP -> {
                while (!ended.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    out.write('2');
                    out.flush();
                }
                return false;
            }
            default -> {
                out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                return true;
            }
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
