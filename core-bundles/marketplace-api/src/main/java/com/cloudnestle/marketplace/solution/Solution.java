package com.cloudnestle.marketplace.solution;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A solution to be sold. Register an implementation as an OSGi service and the platform lists it, serves its JAX-RS
 * resources at {@code /solutions/<id>/api/} and the files of its bundle's folder {@code web/} at {@code /solutions/<id>/}
 * ({@code search} finds {@code web/search.html}), and gates, counts and bills each method marked {@link Metered}. When
 * the service goes, all of that goes too; what customers have stays. The bundle holds no access logic and no user data.
 *
 * <pre>{@code
 * @Component
 * @Path("/")
 * public final class WordCount implements Solution {
 *     public SolutionDescriptor descriptor() { return SolutionDescriptor.of("word-count", "Word count", "Counts words.", "count"); }
 *     @POST @Path("count") @Metered("count") public Map<String, Long> count(Text text) { ... }
 * }
 * }</pre>
 */
@ConsumerType
public interface Solution {

    /** Asked once, when the service arrives. */
    SolutionDescriptor descriptor();

    /** The JAX-RS resources, thread-safe. By default the solution itself. */
    default List<Object> resources() {
        return List.of(this);
    }

    /**
     * Whether the solution can work now; asked by health checks, so it should answer within a second. After two it is
     * interrupted and reported as failing. Never called twice at the same time.
     */
    default SolutionHealth health() {
        return SolutionHealth.healthy();
    }
}
