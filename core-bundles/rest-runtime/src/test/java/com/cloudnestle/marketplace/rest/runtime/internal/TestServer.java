package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The runtime behind a real HTTP server on a free loopback port. */
final class TestServer implements AutoCloseable {

    final CxfRestRuntime runtime;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final ServletContextHandler context = new ServletContextHandler();

    TestServer() {
        this(StartPhase.NONE);
    }

    TestServer(StartPhase start) {
        runtime = new CxfRestRuntime(start);
        ServletHolder holder = new ServletHolder(runtime);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gets a permit for every request the server is through with, which may be after the client has its answer. */
    Semaphore watchEnds() {
        Semaphore ended = new Semaphore(0);
        Filter watch = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                ended.release();
            }
        };
        FilterHolder holder = new FilterHolder(watch);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        return ended;
    }

    void add(Servlet servlet, String pattern) {
        context.addServlet(new ServletHolder(servlet), pattern);
    }

    RestRuntime.Mount mount(String path, Object resource) {
        return runtime.mount(path, List.of(resource), CallGate.OPEN);
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Sends the bytes of a request as they are; gives back what the server sends until it closes. */
    String raw(String request) throws IOException {
        return raw(request, false);
    }

    /** As {@link #raw(String)}; {@code breakingOff}: says that nothing will follow, whatever was promised. */
    String raw(String request, boolean breakingOff) throws IOException {
        return RawHttp.send(port(), request, breakingOff);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        runtime.stop();
        server.destroy();
    }
}
