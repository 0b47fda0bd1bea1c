package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solution.Solution;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin brings, asked from it once and checked. Plugin code runs in here, so anything may be thrown.
 *
 * @param resources JAX-RS resources, empty if the solution has pages only
 */
record Offer(Solution solution, SolutionDescriptor descriptor, List<Object> resources, WebFiles files) {

    /** A reason for operators, without a stack trace. */
    static final class BrokenPlugin extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenPlugin(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /** A piece of a plugin's code. */
    @FunctionalInterface
    private interface Asked<T> {
        @Nullable T get();
    }

    static SolutionDescriptor descriptor(Solution solution) {
        return ask("descriptor()", solution::descriptor);
    }

    static Solution solution(Arrival arrival) {
        Solution solution = ask("its service", () -> Optional.ofNullable(arrival.solution().get())).orElse(null);
        if (solution == null) { // declarative services has logged the exception of the constructor
            throw new BrokenPlugin("its service could not be made; the log tells why just before this line", null);
        }
        return solution;
    }

    /** Everything but the descriptor. */
    static Offer of(Arrival arrival, Solution solution, SolutionDescriptor descriptor) {
        List<Object> resources = ask("resources()", () -> List.copyOf(solution.resources()));
        resources.forEach(resource -> requireMeters(resource.getClass(), descriptor));
        WebFiles files = ask("the folder web/", arrival.files()::get);
        if (resources.isEmpty() && files.files().isEmpty()) {
            throw new BrokenPlugin("it has neither resources nor pages", null);
        }
        return new Offer(solution, descriptor, resources, files);
    }

    private static <T> T ask(String what, Asked<T> plugin) {
        T given;
        try {
            given = plugin.get();
        } catch (Exception | LinkageError | StackOverflowError e) { // one plugin's bug must not touch the others
            throw new BrokenPlugin(what + " failed: " + e, e);
        }
        if (given == null) {
            throw new BrokenPlugin(what + " gave null", null);
        }
        return given;
    }

    /** A misspelt action would otherwise show only when a customer calls it. */
    private static void requireMeters(Class<?> resource, SolutionDescriptor descriptor) {
        List<String> actions = descriptor.meters().stream().map(Meter::action).toList();
        for (Method method : ask("class " + resource.getName(), resource::getMethods)) {
            Metered metered = method.getAnnotation(Metered.class);
            if (metered == null) {
                continue;
            }
            if (!actions.contains(metered.value())) {
                throw new BrokenPlugin("method " + method.getName() + " is metered as '" + metered.value()
                        + "', which is none of its meters " + actions, null);
            }
            if (metered.units() < 1 || metered.units() > AccessRequest.MAX_UNITS) {
                throw new BrokenPlugin("method " + method.getName() + " costs " + metered.units() + " units; 1 to "
                        + AccessRequest.MAX_UNITS + " are possible", null);
            }
        }
    }
}
