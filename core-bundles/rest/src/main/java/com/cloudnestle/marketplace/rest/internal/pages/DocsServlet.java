package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * The API description, as the document itself and as a page to read and try it. The page's program is Swagger UI, served from
 * this bundle: nothing is loaded from elsewhere.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-docs",
    "osgi.http.whiteboard.servlet.pattern=/api/openapi.json",
    "osgi.http.whiteboard.servlet.pattern=/docs/*"})
public final class DocsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String DOCUMENT = "/openapi/openapi.json";

    // Swagger UI shows its icons as data: images; everything else comes from here.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Asset(String file, String type) {}

    /** Every file there is: an address is looked up, never opened. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "/", new Asset("/docs/index.html", "text/html;charset=utf-8"),
            "/docs.js", new Asset("/docs/docs.js", "text/javascript;charset=utf-8"),
            "/docs.css", new Asset("/docs/docs.css", "text/css;charset=utf-8"),
            "/swagger-ui-bundle.js", new Asset("/docs/swagger-ui-bundle.js", "text/javascript;charset=utf-8"),
            "/swagger-ui.css", new Asset("/docs/swagger-ui.css", "text/css;charset=utf-8"));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Replies.reads(request, response)) {
            return;
        }
        if (request.getServletPath().equals("/api/openapi.json")) {
            response.setHeader("Cache-Control", "no-cache");
            Replies.bytes(response, 200, "application/json", Bundled.read(DOCUMENT).orElseThrow());
            return;
        }
        String path = request.getPathInfo();
        if (path == null) { // relative addresses on the page need the slash
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", "/docs/");
            return;
        }
        Optional<byte[]> file = Optional.ofNullable(ASSETS.get(path)).flatMap(asset -> Bundled.read(asset.file));
        if (file.isEmpty()) {
            Html.send(response, 404, "Nothing here", "<h1>Nothing here</h1>\n<p>See the <a href=\"/docs/\">API description</a>.</p>");
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", path.startsWith("/swagger") ? "public, max-age=86400" : "no-cache");
        Replies.bytes(response, 200, ASSETS.get(path).type, file.get());
    }
}
