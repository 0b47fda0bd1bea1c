package com.cloudnestle.marketplace.rest.internal.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Jetty with servlets at their patterns and, if there are resources, CXF serving them at {@code /api} and where else they are mounted. */
public final class TestServer implements BeforeAllCallback, AfterAllCallback {

    private final Map<String, HttpServlet> servlets = new LinkedHashMap<>();
    private final Map<String, List<Object>> mounts = new LinkedHashMap<>();
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final Server server = new Server();
    private int users;
    private @Nullable Bus bus;

    public TestServer(Object... resources) {
        if (resources.length > 0) {
            mounts.put("/api", List.of(resources));
        }
    }

    /** More resources, at an address of their own. */
    public TestServer mount(String path, List<Object> resources) {
        mounts.put(path, resources);
        return this;
    }

    /** The resources by the path they are mounted at. */
    public Map<String, List<Object>> mounts() {
        return mounts;
    }

    /** Something that stands before everything. */
    public TestServer behind(Filter filter) {
        return behind(filter, "/*");
    }

    /** Something that stands before addresses of this pattern, behind what was given before. */
    public TestServer behind(Filter filter, String pattern) {
        filters.put(pattern, filter);
        return this;
    }

    public TestServer with(HttpServlet servlet, String... patterns) {
        List.of(patterns).forEach(pattern -> servlets.put(pattern, servlet));
        return this;
    }

    public Http http() {
        return new Http("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (users++ > 0) {
            return; // a nested class of a test class that started it
        }
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler();
        servlets.forEach((pattern, servlet) -> handler.addServlet(new ServletHolder(servlet), pattern));
        filters.forEach((pattern, filter) ->
                handler.addFilter(new FilterHolder(filter), pattern, EnumSet.of(DispatcherType.REQUEST)));
        if (!mounts.isEmpty()) {
            handler.addServlet(new ServletHolder(jaxRs()), "/*");
        }
        server.setHandler(handler);
        server.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (--users > 0) {
            return;
        }
        server.stop();
        if (bus != null) {
            bus.shutdown(true);
        }
    }

    private HttpServlet jaxRs() {
        bus = new ExtensionManagerBus();
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        servlet.setBus(bus);
        mounts.forEach(this::serve);
        return servlet;
    }

    private void serve(String address, List<Object> resources) {
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(bus);
        factory.setAddress(address);
        factory.setResourceClasses(resources.stream().<Class<?>>map(Object::getClass).toList());
        resources.forEach(each -> factory.setResourceProvider(each.getClass(), new SingletonResourceProvider(each)));
        JacksonJsonProvider json = new JacksonJsonProvider(JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
        factory.setProviders(List.of(json, new ProblemMapper(), new UnreadableJsonMapper()));
        factory.create();
    }
}
