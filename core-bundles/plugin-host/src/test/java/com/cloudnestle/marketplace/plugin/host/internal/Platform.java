package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.rest.runtime.internal.CxfRestRuntime;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryQuota;
import com.cloudnestle.marketplace.testing.InMemorySolutionOwners;
import com.cloudnestle.marketplace.testing.InMemoryTokens;
import com.cloudnestle.marketplace.testing.InMemoryUserKeys;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.framework.Version;

/** The host with the real REST runtime behind a real server, on a control plane in memory. */
final class Platform implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    final ManualClock clock = new ManualClock(NOON);
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemoryCatalog catalog = new InMemoryCatalog();
    final InMemorySolutionOwners owners = new InMemorySolutionOwners(audit);
    final InMemoryCustomers customers = new InMemoryCustomers(clock);
    final InMemoryEntitlements entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
    final InMemoryTokens tokens = new InMemoryTokens(catalog, entitlements, audit, clock);
    final InMemoryQuota quotas = new InMemoryQuota(catalog, entitlements, clock);
    final Visitors visitors = (address, deviceId) -> new Subject.Visitor("anon_" + address + "_" + deviceId);
    final InMemoryUserKeys keys = new InMemoryUserKeys(entitlements, clock);
    final CallSubjects subjects = new CallSubjects(tokens, new PersonKeys(keys), visitors);
    final CxfRestRuntime runtime = new CxfRestRuntime();
    final List<String> journal = new ArrayList<>();
    final PluginHost host;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private long services;

    /** One that waits for answers about health as long as a slow machine may take. */
    Platform() {
        this(Duration.ofMinutes(5));
    }

    Platform(Duration patienceWithHealth) {
        host = new PluginHost(
                new Stage(catalog, runtime, solution -> new SolutionGate(solution, subjects, quotas, clock)), new Ownership(owners),
                (event, id, bundle, version) -> journal.add(event + " " + id + " " + bundle + " " + version), clock, patienceWithHealth);
        ServletContextHandler context = new ServletContextHandler();
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

    /** Registers a solution as bundle {@code name} would; gives the service id. */
    long deploy(String bundle, String version, Supplier<Solution> solution, Map<String, String> files) {
        Map<String, byte[]> contents = new HashMap<>();
        files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
        long id = ++services;
        host.arrived(new Arrival(id, bundle, new Version(version), solution, () -> new WebFiles(contents, NOON)));
        return id;
    }

    long deploy(String bundle, String version, Solution solution) {
        return deploy(bundle, version, () -> solution, Map.of());
    }

    String tokenFor(String email, String solutionId, String tier) {
        Customer customer = customers.findOrCreate(email);
        Entitlement entitlement = entitlements.grant(customer.id(), solutionId, tier, "test");
        return tokens.issue(entitlement.customerId(), solutionId, "test").token();
    }

    /** @param actions meters it may use; none: all */
    IssuedKey keyFor(String email, String solutionId, String... actions) {
        Customer customer = customers.findOrCreate(email);
        entitlements.grant(customer.id(), solutionId, "registered", "test");
        return keys.issue(customer.id(), solutionId, "script", Set.of(actions), Optional.empty());
    }

    PluginReport.Plugin only() {
        List<PluginReport.Plugin> plugins = host.plugins();
        if (plugins.size() != 1) {
            throw new AssertionError("one plugin expected, got " + plugins);
        }
        return plugins.get(0);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(60));
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    @Override
    public void close() throws Exception {
        server.stop();
        server.destroy();
    }
}
