package com.cloudnestle.marketplace.benchmarks.jetty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A Jetty with one servlet at {@code /noop} and one at {@code /validate}. Arguments: port; {@code memory} or a JDBC address; for
 * memory then pairs of a limit and a file of tokens, one a line.
 */
public final class BareJetty {

    private static final int DATABASE_CONNECTIONS = 64;

    private BareJetty() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new NoopServlet()), "/noop");
        context.addServlet(new ServletHolder(new DecisionServlet(counters(args))), "/validate");
        server.setHandler(context);
        server.start();
        server.join();
    }

    private static Counters counters(String[] args) throws Exception {
        if (!args[1].equals("memory")) {
            return new PostgresCounters(args[1], DATABASE_CONNECTIONS);
        }
        MemoryCounters counters = new MemoryCounters();
        for (int i = 2; i < args.length; i += 2) {
            load(counters, Long.parseLong(args[i]), Path.of(args[i + 1]));
        }
        return counters;
    }

    private static void load(MemoryCounters counters, long limit, Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (String token : Files.readAllLines(file)) {
            counters.add(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)), limit);
        }
    }
}
