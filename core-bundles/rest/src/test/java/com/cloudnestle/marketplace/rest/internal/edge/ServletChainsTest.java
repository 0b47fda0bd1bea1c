package com.cloudnestle.marketplace.rest.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request comes to an address while its servlet and a filter are being added. */
class ServletChainsTest {

    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch added = new CountDownLatch(1);
    private final AtomicBoolean filtered = new AtomicBoolean();
    private final ServletContextHandler context = new ServletContextHandler();
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();

    /** The first request waits between finding its servlet and being remembered. */
    private final class Waiting extends ServletHandler {
        @Override
        protected FilterChain newFilterChain(FilterHolder filter, FilterChain chain) {
            FilterChain built = super.newFilterChain(filter, chain);
            if (looked.getCount() > 0) {
                looked.countDown();
                await(added);
            }
            return built;
        }
    }

    private static final class Named extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(name);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        context.setServletHandler(new Waiting());
        context.addServlet(new ServletHolder(new Named("pages")), "/");
        context.addFilter(new FilterHolder((request, response, chain) -> chain.doFilter(request, response)), "/*",
                EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
        new ServletsInPlace(TreeSet::new).look(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private HttpRequest request() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/notifications")).build();
    }

    @Test
    void theNextOneFindsBoth() throws Exception {
        CompletableFuture<HttpResponse<String>> early = client.sendAsync(request(), BodyHandlers.ofString());
        await(looked);
        context.addFilter(new FilterHolder((request, response, chain) -> {
            filtered.set(true);
            chain.doFilter(request, response);
        }), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Named("rightful")), "/api/notifications");
        added.countDown();

        assertThat(early.get(60, TimeUnit.SECONDS).body()).as("what was there when it came").isEqualTo("pages");
        assertThat(client.send(request(), BodyHandlers.ofString()).body()).isEqualTo("rightful");
        assertThat(filtered).as("the filter was passed").isTrue();
    }
}
