package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.RestRuntime.Mount;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts one offer on the air or takes it off: catalogue, API and pages together, or none of them. */
final class Stage {

    /** A solution on the air. */
    record Showing(Offer offer, Optional<Mount> api, Optional<Mount> pages) {}

    private final CatalogService catalog;
    private final RestRuntime rest;
    private final Function<SolutionDescriptor, CallGate> gates;

    Stage(CatalogService catalog, RestRuntime rest, Function<SolutionDescriptor, CallGate> gates) {
        this.catalog = catalog;
        this.rest = rest;
        this.gates = gates;
    }

    /**
     * @param previous the showing this one replaces, without a gap; null if there is none
     * @throws RuntimeException if anything is refused; then everything is as before
     */
    Showing open(Offer offer, @Nullable Showing previous) {
        SolutionDescriptor descriptor = offer.descriptor();
        String base = "/solutions/" + descriptor.id();
        PagesResource pages = new PagesResource(base + "/", descriptor.startPath(), offer.files());
        if (!descriptor.startPath().isEmpty() && !pages.has(descriptor.startPath())) {
            throw new IllegalArgumentException("its start path '" + descriptor.startPath() + "' is no file in web/");
        }
        List<Object> pageResources = offer.files().files().isEmpty() ? List.of() : List.of(pages);
        Optional<Mount> oldPages = previous == null ? Optional.empty() : previous.pages();
        Optional<Mount> oldApi = previous == null ? Optional.empty() : previous.api();
        Optional<Mount> freshPages = Optional.empty();
        catalog.publish(descriptor);
        try { // what may be refused goes first; to replace our own pages by our own pages cannot be
            freshPages = oldPages.isPresent() ? Optional.empty() : mount(base, pageResources, CallGate.OPEN, Optional.empty());
            Optional<Mount> api = mount(base + "/api", offer.resources(), gates.apply(descriptor), oldApi);
            return new Showing(offer, api,
                    oldPages.isPresent() ? mount(base, pageResources, CallGate.OPEN, oldPages) : freshPages);
        } catch (RuntimeException e) {
            freshPages.ifPresent(Mount::close);
            undoListing(descriptor, previous);
            throw e;
        }
    }

    void close(Showing showing) {
        catalog.withdraw(showing.offer().descriptor().id());
        showing.pages().ifPresent(Mount::close);
        showing.api().ifPresent(Mount::close);
    }

    private Optional<Mount> mount(String path, List<Object> resources, CallGate gate, Optional<Mount> old) {
        if (resources.isEmpty()) {
            old.ifPresent(Mount::close);
            return Optional.empty();
        }
        return Optional.of(old.isPresent() ? old.get().replace(resources, gate) : rest.mount(path, resources, gate));
    }

    private void undoListing(SolutionDescriptor descriptor, @Nullable Showing previous) {
        if (previous == null) {
            catalog.withdraw(descriptor.id());
        } else {
            catalog.publish(previous.offer().descriptor());
        }
    }
}
