package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pages of one solution. They are a JAX-RS mount like its API, not a servlet: mounts are told apart by the longest
 * path, so {@code /solutions/<id>/} cannot shadow {@code /solutions/<id>/api/}, and both come and go the same way.
 */
@Path("/")
public final class PagesResource {

    private final String base;
    private final String startPath;
    private final TreeMap<String, Page> pages = new TreeMap<>();
    private final Date modified;

    /**
     * @param base address of the pages, ending with a slash
     * @param startPath page to open first, empty for {@code index.html}
     */
    PagesResource(String base, String startPath, WebFiles files) {
        this.base = base;
        this.startPath = startPath;
        files.files().forEach((path, content) -> pages.put(path, Page.of(path, content)));
        this.modified = Date.from(files.modified().truncatedTo(ChronoUnit.SECONDS)); // as exact as HTTP is
    }

    boolean has(String path) {
        return find(path).isPresent();
    }

    /** Opening the solution leads to its first page, with what the address brings: people come back with a question or a token. */
    @GET
    public Response start(@Context UriInfo address) {
        String first = startPath.isEmpty() ? "index.html" : startPath;
        if (!has(first)) {
            throw nothingHere();
        }
        String query = address.getRequestUri().getRawQuery();
        String location = base + first + (query == null ? "" : "?" + query);
        return Response.status(302).header("Location", location).header("Cache-Control", "no-cache").build();
    }

    @GET
    @Path("{path:.+}")
    public Response page(@PathParam("path") String path, @Context Request request) {
        Page page = find(path).orElseThrow(PagesResource::nothingHere);
        return page.answer(request, modified);
    }

    /** {@code search} finds {@code search.html}, {@code docs/} finds {@code docs/index.html}. */
    private Optional<Page> find(String path) {
        return Optional.ofNullable(pages.get(path))
                .or(() -> Optional.ofNullable(pages.get(path.endsWith("/") ? path + "index.html" : path + ".html")));
    }

    private static MarketplaceException nothingHere() {
        return new MarketplaceException(Problem.NOT_FOUND, "The solution has no such page.");
    }
}
