package com.cloudnestle.marketplace.web.internal;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the pages wherever nobody else answers: files by their names, the one document for addresses that are pages,
 * and the same document with status 404 for all others, so that its script can say so in the reader's language. Not registered
 * with the container, but called by the servlet of the REST runtime.
 */
@Component(service = HttpServlet.class, property = "marketplace.pages:Boolean=true")
public final class WebServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Nothing inline, nothing from elsewhere; a form is sent by script only. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** What programs are told, as they are everywhere else (RFC 9457). */
    private static final String NOTHING = """
            {"type":"/problems/not-found","title":"There is nothing here","status":404,\
            "detail":"Nothing is served at this address.","instance":"%s","code":"not-found"}""";

    private final transient Site site;

    @Activate
    public WebServlet() {
        this(Site.bundled());
    }

    WebServlet(Site site) {
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String path = path(request);
        response.setHeader("Content-Security-Policy", POLICY);
        // pages of solutions here take a one-time code only from the marketplace, and learn that from the referrer
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        Optional<Asset> file = site.file(path);
        if (file.isPresent()) {
            send(request, response, 200, file.get(), head);
        } else if (site.page(path)) {
            send(request, response, 200, site.index(), head);
        } else {
            String accept = request.getHeader("Accept");
            boolean browser = accept != null && accept.contains("text/html");
            send(request, response, 404, browser ? site.index() : nothing(response), head);
        }
    }

    private static Asset nothing(HttpServletResponse response) {
        String requestId = Optional.ofNullable(response.getHeader("X-Request-Id")).orElse("");
        return Asset.problem(NOTHING.formatted(requestId));
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, int status, Asset asset, boolean head)
            throws IOException {
        response.setHeader("Cache-Control", asset.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("ETag", asset.tag());
        if (status == 200 && asset.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        String encodings = request.getHeader("Accept-Encoding");
        boolean gzip = asset.gzipped().length > 0 && encodings != null && encodings.contains("gzip");
        byte[] body = gzip ? asset.gzipped() : asset.plain();
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setStatus(status);
        response.setContentType(asset.type());
        response.setContentLength(body.length);
        if (!head) {
            response.getOutputStream().write(body);
        }
    }
}
