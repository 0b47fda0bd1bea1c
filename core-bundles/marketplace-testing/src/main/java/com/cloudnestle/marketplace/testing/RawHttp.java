package com.cloudnestle.marketplace.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Requests that no client would send, byte by byte, to a server on 127.0.0.1. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 60_000;

    private RawHttp() {}

    /**
     * Sends the bytes of a request as they are; gives back what the server sends until it closes, also if it closes before it has
     * taken all.
     *
     * @param breakingOff says that nothing will follow, whatever was promised
     * @throws IOException if nobody listens, or the server closes without a word
     */
    public static String send(int port, String request, boolean breakingOff) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                if (breakingOff) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // the server closed before it had taken all: what it has said is still there to read
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException e) {
                if (answer.size() == 0) { // else the server has said all and wants no more of the request
                    throw e;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
