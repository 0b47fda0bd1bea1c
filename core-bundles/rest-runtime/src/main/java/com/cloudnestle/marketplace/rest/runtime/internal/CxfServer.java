package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.rest.CallGate;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.cxf.Bus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.model.ClassResourceInfo;
import org.apache.cxf.jaxrs.utils.AnnotationUtils;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/**
 * One JAX-RS server. It has an address of its own inside CXF and is called directly, not through CXF's table of
 * addresses: so two servers can stand for the same public path while one replaces the other.
 */
final class CxfServer {

    /** CXF takes the base of all addresses from here when it is set. */
    private static final String BASE_ADDRESS = "org.apache.cxf.transport.endpoint.address";

    /** CXF tells its listeners of servers that come and go by their number, and fails where that changes meanwhile. */
    private static final ReentrantLock COMING_AND_GOING = new ReentrantLock();

    private final Server server;
    private final String publicPath;

    private CxfServer(Server server, String publicPath) {
        this.server = server;
        this.publicPath = publicPath;
    }

    /** @throws IllegalArgumentException if the resources are not valid JAX-RS */
    static CxfServer start(Bus bus, long number, String publicPath, List<Object> resources, CallGate gate) {
        requireRootResources(resources);
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(bus);
        factory.setAddress("/mount-" + number);
        factory.setServiceBeans(resources);
        factory.setProperties(Map.of("default.content.type", "application/json"));
        factory.setInvoker(new MeteredInvoker(gate));
        factory.setProviders(List.of(
                new JsonProvider(), new QuotaHeaders(), new WebExceptionMapper(), new FailureMapper()));
        COMING_AND_GOING.lock();
        try {
            CxfServer server = new CxfServer(factory.create(), publicPath);
            server.requireMethods(factory.getServiceFactory().getClassResourceInfo());
            return server;
        } catch (RuntimeException e) {
            String reason = e.getMessage() == null && e.getCause() != null ? e.getCause().getMessage() : e.getMessage();
            throw new IllegalArgumentException("not valid JAX-RS: " + names(resources) + ": " + reason, e);
        } finally {
            COMING_AND_GOING.unlock();
        }
    }

    void call(ServletConfig config, HttpServletRequest request, HttpServletResponse response) throws Exception {
        request.setAttribute(BASE_ADDRESS, publicPath);
        ((AbstractHTTPDestination) server.getDestination()).invoke(config, config.getServletContext(), request, response);
    }

    void destroy() {
        COMING_AND_GOING.lock();
        try {
            server.destroy();
        } finally {
            COMING_AND_GOING.unlock();
        }
    }

    private static void requireRootResources(List<Object> resources) {
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("a mount needs at least one resource");
        }
        for (Object resource : resources) {
            if (AnnotationUtils.getClassAnnotation(resource.getClass(), Path.class) == null) {
                throw new IllegalArgumentException(resource.getClass().getName() + " has no @Path");
            }
        }
    }

    private static String names(List<Object> resources) {
        return resources.stream().map(resource -> resource.getClass().getName()).collect(Collectors.joining(", "));
    }

    private void requireMethods(List<ClassResourceInfo> infos) {
        for (ClassResourceInfo info : infos) {
            if (!info.hasSubResources() && info.getMethodDispatcher().getOperationResourceInfos().isEmpty()) {
                destroy();
                throw new IllegalArgumentException(info.getServiceClass().getName() + " has no method with @GET, @POST …");
            }
        }
    }
}
