package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.RestRuntime.Mount;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The script that brings access home to a solution's pages: registration and back, the token, visitors' devices. Served from
 * one place, so that a fault in it is mended for every solution at once. No solution can have its address: ids have no dot.
 */
@Component(service = {}, immediate = true)
@Path("/")
public final class AccessScript {

    static final String PATH = "/solutions/marketplace.js";

    private final Page page = Page.of(PATH, content());
    private final Date modified;
    private final Mount mount;

    @Activate
    public AccessScript(BundleContext context, @Reference RestRuntime rest) {
        this(rest, Instant.ofEpochMilli(context.getBundle().getLastModified()));
    }

    private AccessScript(RestRuntime rest, Instant modified) {
        this.modified = Date.from(modified.truncatedTo(ChronoUnit.SECONDS));
        this.mount = rest.mount(PATH, List.of(this), CallGate.OPEN);
    }

    /** Without a container. */
    static AccessScript serve(RestRuntime rest, Instant modified) {
        return new AccessScript(rest, modified);
    }

    @Deactivate
    void stop() {
        mount.close();
    }

    @GET
    public Response script(@Context Request request) {
        return page.answer(request, modified);
    }

    private static byte[] content() {
        try (InputStream in = AccessScript.class.getResourceAsStream("/script/marketplace.js")) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks script/marketplace.js");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
