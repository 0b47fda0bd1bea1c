package com.cloudnestle.marketplace.notification.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where an SMTP server is and how a connection to it is protected.
 *
 * @param trust decides which certificates are believed
 * @param timeout for the connection to be made, and for each answer
 */
record SmtpServer(String host, int port, Tls tls, SSLSocketFactory trust, Duration timeout) {

    /** How the connection is protected. */
    enum Tls {
        /** Plain at first, encrypted before anything is said; refused if the server does not offer it. */
        STARTTLS(587),
        /** Encrypted from the first byte. */
        TLS(465),
        /** Not at all; only to this machine. */
        NONE(25);

        private final int usualPort;

        Tls(int usualPort) {
            this.usualPort = usualPort;
        }

        int usualPort() {
            return usualPort;
        }
    }

    /**
     * A connected socket without protection. The address carries the configured name, which certificates are compared with:
     * asking the name service for the name of an address would believe whatever that says.
     */
    Socket connect() throws IOException {
        InetAddress address = InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
        if (tls == Tls.NONE && !address.isLoopbackAddress()) {
            throw new UnknownHostException("tls = none is only for servers on this machine");
        }
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The socket as SMTP begins on it: encrypted if the server expects that from the first byte. */
    Socket secured(Socket plain) throws IOException {
        if (tls != Tls.TLS) {
            return plain;
        }
        SSLSocket socket = (SSLSocket) trust.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be for this host
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
