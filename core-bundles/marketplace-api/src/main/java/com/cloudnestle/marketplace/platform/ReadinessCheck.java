package com.cloudnestle.marketplace.platform;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One more thing that must be right before this process may be given requests. Registered as a service by whoever knows;
 * {@code /health/ready} asks all of them each time, so an answer must come at once, from memory.
 */
@ConsumerType
public interface ReadinessCheck {

    /** Short lower-case name, e.g. {@code secrets}. */
    String name();

    /** What is wrong and the way out, for operators; empty if all is well. */
    Optional<String> problem();
}
