package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.platform.ReadinessCheck;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.server.Server;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Whether the marketplace's own servlets and filters take requests: at a start Pax Web puts them in place one after the other, some
 * time after they were registered.
 */
@Component(service = {ServletsInPlace.class, ReadinessCheck.class})
public final class ServletsInPlace implements ReadinessCheck {

    private static final String OURS = "com.cloudnestle.marketplace.";
    /** The filter before everything, and the servlet of the REST interface: they are waited for before they are registered, too. */
    private static final Set<String> NEEDED = Set.of("marketplace-edge", "marketplace-rest");

    private final Supplier<Set<String>> wanted;
    private volatile List<ServletContextHandler> contexts = List.of();

    @Activate
    public ServletsInPlace(BundleContext bundles) {
        this(() -> {
            Set<String> names = new TreeSet<>(NEEDED);
            names.addAll(names(bundles, Servlet.class, "osgi.http.whiteboard.servlet.name"));
            names.addAll(names(bundles, Filter.class, "osgi.http.whiteboard.filter.name"));
            return names;
        });
    }

    /** @param wanted names of servlets and filters */
    ServletsInPlace(Supplier<Set<String>> wanted) {
        this.wanted = wanted;
    }

    private static Set<String> names(BundleContext bundles, Class<?> type, String property) {
        try {
            ServiceReference<?>[] found = bundles.getAllServiceReferences(type.getName(), "(" + property + "=*)");
            return Arrays.stream(found == null ? new ServiceReference<?>[0] : found)
                    .filter(service -> service.getBundle() != null && service.getBundle().getSymbolicName().startsWith(OURS))
                    .map(service -> String.valueOf(service.getProperty(property)))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Looks what the server serves now, and keeps it from remembering where addresses lead. Not done by a listener of the context: for
     * a new one Pax Web starts the context anew, and a servlet that is asked for in that moment can be lost.
     */
    void look(Server server) {
        contexts = server.getDescendants(ServletContextHandler.class);
        contexts.forEach(context -> ServletChains.forgetAlways(context.getServletHandler()));
    }

    @Override
    public String name() {
        return "servlets";
    }

    @Override
    public Optional<String> problem() {
        Set<String> missing = missing();
        return missing.isEmpty() ? Optional.empty() : Optional.of("not in place: " + String.join(", ", missing));
    }

    private Set<String> missing() {
        Set<String> missing = wanted.get();
        for (ServletContextHandler context : contexts) {
            if (context.isStarted()) {
                ServletHandler handler = context.getServletHandler();
                missing.removeIf(name -> isFilter(handler, name) || isServlet(handler, name));
            }
        }
        return missing;
    }

    private static boolean isFilter(ServletHandler handler, String name) {
        return present(handler.getFilterMappings()).anyMatch(mapping -> name.equals(mapping.getFilterName()));
    }

    /** A servlet is known to Jetty before its addresses are, so each of these is looked up as for a request. */
    private static boolean isServlet(ServletHandler handler, String name) {
        List<String> patterns = present(handler.getServletMappings())
                .filter(mapping -> name.equals(mapping.getServletName()))
                .flatMap(mapping -> Arrays.stream(mapping.getPathSpecs()))
                .toList();
        return !patterns.isEmpty() && patterns.stream()
                .filter(pattern -> pattern.startsWith("/")) // others, as *.html, have no address of their own
                .allMatch(pattern -> leadsTo(handler, addressOf(pattern), name));
    }

    /** Jetty empties and fills these while others read them, which can leave holes. */
    private static <T> Stream<T> present(T[] mappings) {
        return Arrays.stream(mappings).filter(Objects::nonNull);
    }

    /** One that only this pattern has. */
    private static String addressOf(String pattern) {
        return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) + "-in-place-" : pattern;
    }

    private static boolean leadsTo(ServletHandler handler, String address, String name) {
        MatchedResource<ServletHandler.MappedServlet> match = handler.getMatchedServlet(address);
        return match != null && name.equals(match.getResource().getServletHolder().getName());
    }
}
