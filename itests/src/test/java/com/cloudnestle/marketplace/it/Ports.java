package com.cloudnestle.marketplace.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that open theirs only seconds after they were told which. They lie below those that the system gives away by
 * itself, to whoever connects and to whoever asks for any, so that nobody gets one meanwhile; and nobody here gets one twice.
 */
final class Ports {
    private static final int LOWEST = 22_000;
    private static final int COUNT = 10_000;

    private static int next = ThreadLocalRandom.current().nextInt(COUNT);

    private Ports() {
    }

    static int free() throws IOException {
        return freeInARow(1);
    }

    /** The first of so many in a row. */
    static synchronized int freeInARow(int count) throws IOException {
        int inARow = 0;
        for (int tried = 0; tried < COUNT; tried++) {
            int port = LOWEST + next;
            next = (next + 1) % COUNT;
            inARow = isFree(port) ? inARow + 1 : 0;
            if (inARow == count) {
                return port - count + 1;
            }
            if (next == 0) {
                inARow = 0;
            }
        }
        throw new IOException("no " + count + " free ports in a row");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
