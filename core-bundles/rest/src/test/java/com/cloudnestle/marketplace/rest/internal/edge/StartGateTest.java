package com.cloudnestle.marketplace.rest.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server to which a servlet and a filter are still to come. */
class StartGateTest {

    private static final int STARTING = 503;
    /** What the servlet itself answers: it has no GET. */
    private static final int SERVED = 405;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Deque<Callable<String>> meanwhile = new ConcurrentLinkedDeque<>();
    private final ServletsInPlace servlets = new ServletsInPlace(this::wanted);
    private final ServletContextHandler context = new ServletContextHandler();
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    @BeforeEach
    void start() throws Exception {
        connector().getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration().addCustomizer(new StartGate(servlets, nanos::get));
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Set<String> wanted() {
        Set<String> names = new TreeSet<>(Set.of("marketplace-quota", "marketplace-edge"));
        Callable<String> first = meanwhile.poll();
        if (first != null) {
            try {
                names.add(first.call());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return names;
    }

    private ServerConnector connector() {
        return (ServerConnector) server.getConnectors()[0];
    }

    /** What the gate answers when it looks anew. */
    private int statusAMomentLater() throws IOException, InterruptedException {
        nanos.addAndGet(StartGate.LOOK_EVERY.toNanos());
        return status();
    }

    private int status() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + connector().getLocalPort() + "/quota/check");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding()).statusCode();
    }

    private void addServlet() {
        addServletAtNoAddress();
        addAddress();
    }

    private void addServletAtNoAddress() {
        context.getServletHandler().addServlet(new ServletHolder("marketplace-quota", new HttpServlet() {
            private static final long serialVersionUID = 1L;
        }));
    }

    private void addAddress() {
        ServletMapping mapping = new ServletMapping();
        mapping.setServletName("marketplace-quota");
        mapping.setPathSpecs(new String[] {"/quota/check", "/quota/*", "*.quota"});
        context.getServletHandler().addServletMapping(mapping);
    }

    private void addFilter() {
        FilterHolder holder = new FilterHolder((request, response, chain) -> chain.doFilter(request, response));
        holder.setName("marketplace-edge");
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    @Test
    void letsNobodyInBeforeServletAndFilterAreThere() throws Exception {
        assertThat(status()).isEqualTo(STARTING);
        assertThat(servlets.problem()).hasValue("not in place: marketplace-edge, marketplace-quota");

        addServlet();
        assertThat(statusAMomentLater()).as("a servlet that nothing protects yet").isEqualTo(STARTING);
        assertThat(servlets.problem()).hasValue("not in place: marketplace-edge");

        addFilter();
        assertThat(status()).as("a wave of requests does not look each time").isEqualTo(STARTING);
        assertThat(statusAMomentLater()).isEqualTo(SERVED);
        assertThat(servlets.problem()).isEmpty();
    }

    @Test
    void waitsForTheAddressesOfAServletThatJettyKnowsAlready() throws Exception {
        addFilter();
        addServletAtNoAddress();
        assertThat(status()).isEqualTo(STARTING);

        addAddress();
        assertThat(statusAMomentLater()).isEqualTo(SERVED);
        assertThat(servlets.problem()).isEmpty();
    }

    @Test
    void opensAfterAMinuteSoThatTheServerCanTellWhatIsWrong() throws Exception {
        addServlet();
        nanos.addAndGet(StartGate.LONGEST.toNanos());
        assertThat(status()).isEqualTo(STARTING);

        assertThat(statusAMomentLater()).isEqualTo(SERVED);
        assertThat(servlets.problem()).as("still told by /health/ready").hasValue("not in place: marketplace-edge");
    }

    @Test
    void isNotClosedByALookThatBeganBeforeItOpenedAndEndsLater() throws Exception {
        addServlet();
        addFilter();
        meanwhile.add(() -> {
            assertThat(statusAMomentLater()).as("of another request").isEqualTo(SERVED);
            return "marketplace-gone";
        });

        status();

        assertThat(status()).as("without another look").isEqualTo(SERVED);
    }

    @Test
    void staysOpenWhateverGoesLater() throws Exception {
        addServlet();
        addFilter();
        assertThat(status()).isEqualTo(SERVED);

        context.getServletHandler().setFilterMappings(new FilterMapping[0]);
        context.getServletHandler().setFilters(new FilterHolder[0]);

        assertThat(servlets.problem()).hasValue("not in place: marketplace-edge");
        assertThat(status()).isEqualTo(SERVED);
    }
}
