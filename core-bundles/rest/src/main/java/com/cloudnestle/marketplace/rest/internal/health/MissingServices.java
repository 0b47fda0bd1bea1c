package com.cloudnestle.marketplace.rest.internal.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds out why a service is not there, by following what its component waits for down to the first that failed. */
@Component(service = MissingServices.class)
public final class MissingServices {

    private static final int DEEPEST = 8;

    private final ServiceComponentRuntime components;

    @Activate
    public MissingServices(@Reference ServiceComponentRuntime components) {
        this.components = components;
    }

    /** One sentence for operators. */
    String why(String service) {
        try {
            return why(service, components.getComponentDescriptionDTOs(), 0);
        } catch (ConcurrentModificationException e) { // Felix SCR 2.2 copies the properties of a component that is being started
            return "is being started";
        }
    }

    private String why(String service, Collection<ComponentDescriptionDTO> all, int depth) {
        List<ComponentDescriptionDTO> providers = all.stream()
                .filter(d -> Arrays.asList(d.serviceInterfaces).contains(service))
                .toList();
        if (providers.isEmpty()) {
            return "no active bundle provides " + service;
        }
        for (ComponentDescriptionDTO provider : providers) {
            for (ComponentConfigurationDTO found : components.getComponentConfigurationDTOs(provider)) {
                Optional<String> reason = reason(provider, found, all, depth);
                if (reason.isPresent()) {
                    return reason.get();
                }
            }
        }
        return "waits for " + providers.get(0).name;
    }

    private Optional<String> reason(
            ComponentDescriptionDTO provider, ComponentConfigurationDTO found, Collection<ComponentDescriptionDTO> all, int depth) {
        if (found.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            return Optional.of(provider.name + " failed: " + cause(found.failure));
        }
        if (found.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE && depth < DEEPEST) {
            return Arrays.stream(found.unsatisfiedReferences)
                    .flatMap(unsatisfied -> Arrays.stream(provider.references)
                            .filter(reference -> reference.name.equals(unsatisfied.name)))
                    .findFirst()
                    .map(reference -> why(reference.interfaceName, all, depth + 1));
        }
        return Optional.empty();
    }

    /** The message of the innermost cause in a stack trace. */
    static String cause(@Nullable String stackTrace) {
        if (stackTrace == null || stackTrace.isBlank()) {
            return "no reason given";
        }
        String innermost = stackTrace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> stackTrace.lines().findFirst().orElse(""));
        int message = innermost.indexOf(": ");
        return message < 0 ? innermost : innermost.substring(message + 2);
    }
}
