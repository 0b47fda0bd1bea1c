package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where the register and upgrade links of a refusal lead. Registering and paying in the browser do not exist yet, and the
 * page says so and what works today. {@code return_url} is shown as text; it becomes a link only if it is a page of the
 * very solution on this server, since anybody can make up a link to here.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-access",
    "osgi.http.whiteboard.servlet.pattern=/register",
    "osgi.http.whiteboard.servlet.pattern=/upgrade"})
public final class AccessServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 300;
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9/_.~-]*(\\?[A-Za-z0-9/_.~=&%+-]*)?");

    private final transient CatalogService catalog;

    @Activate
    public AccessServlet(@Reference CatalogService catalog) {
        this.catalog = catalog;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Replies.reads(request, response)) {
            return;
        }
        boolean upgrade = request.getServletPath().equals("/upgrade");
        String wanted = request.getParameter("solution_id");
        if (wanted == null || wanted.isBlank()) {
            Html.send(response, 200, "Access", choose(upgrade));
            return;
        }
        Optional<CatalogEntry> found = catalog.find(wanted);
        if (found.isEmpty()) {
            Html.send(response, 404, "No such solution", "<h1>No such solution</h1>\n<p>Nothing here is called <code>"
                    + Html.escape(shortened(wanted)) + "</code>. <a href=\"/\">See what there is</a>.</p>");
            return;
        }
        String title = (upgrade ? "More of " : "Register for ") + found.get().descriptor().name();
        Html.send(response, 200, title, "<h1>" + Html.escape(title) + "</h1>\n"
                + page(found.get(), upgrade, request.getParameter("return_url")));
    }

    private static String page(CatalogEntry entry, boolean upgrade, @Nullable String returnUrl) {
        String how = upgrade
                ? "<p>This marketplace does not sell in the browser yet. To move to another tier, write to its operator with"
                        + " your e-mail address, the solution <code>" + entry.id() + "</code> and the tier you want. The token"
                        + " you have stays the same and works at the new tier at once.</p>\n"
                : "<p>This marketplace does not take registrations in the browser yet. To get access, write to its operator"
                        + " with your e-mail address and the solution <code>" + entry.id() + "</code>. You get a personal"
                        + " token. Opened once with it, the solution's page keeps it in your browser; programs send it as"
                        + " <code>Authorization: Bearer …</code>.</p>\n";
        return how + "<h2>Tiers</h2>\n" + TierTable.of(entry) + back(entry, returnUrl);
    }

    private static String back(CatalogEntry entry, @Nullable String returnUrl) {
        if (returnUrl == null || returnUrl.isBlank()) {
            return "";
        }
        String own = "/solutions/" + entry.id() + "/";
        if (returnUrl.startsWith(own) && !returnUrl.contains("..") && PLAIN_PATH.matcher(returnUrl).matches()) {
            return "<p><a href=\"" + Html.escape(returnUrl) + "\">Back to " + Html.escape(entry.descriptor().name()) + "</a></p>";
        }
        return "<p class=\"quiet\">You came from <code>" + Html.escape(shortened(returnUrl)) + "</code></p>";
    }

    private String choose(boolean upgrade) {
        return catalog.entries().stream()
                .filter(CatalogEntry::available)
                .map(entry -> "<li><a href=\"" + (upgrade ? "/upgrade" : "/register") + "?solution_id=" + entry.id() + "\">"
                        + Html.escape(entry.descriptor().name()) + "</a></li>\n")
                .collect(Collectors.joining("", "<h1>Access</h1>\n<p>To which solution?</p>\n<ul>\n", "</ul>"));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
