package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The front page: what can be used here. The empty pattern is the root address itself and nothing below it. */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-front",
    "osgi.http.whiteboard.servlet.pattern="})
public final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient CatalogService catalog;

    @Activate
    public FrontServlet(@Reference CatalogService catalog) {
        this.catalog = catalog;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Replies.reads(request, response)) {
            return;
        }
        List<CatalogEntry> available = catalog.entries().stream().filter(CatalogEntry::available).toList();
        String cards = available.isEmpty()
                ? "<p>No solution is running at the moment. One that is dropped into the server appears here by itself.</p>\n"
                : available.stream().map(FrontServlet::card).collect(Collectors.joining("", "<ul class=\"cards\">\n", "</ul>\n"));
        Html.send(response, 200, "Solutions", "<h1>Solutions</h1>\n" + cards
                + "<p><a href=\"/docs/\">API description</a> · <a href=\"/problems/\">Problem codes</a> · "
                + "<a href=\"/api/solutions\">Catalogue as JSON</a> · <a href=\"/health/ready\">Health</a></p>");
    }

    private static String card(CatalogEntry entry) {
        String path = "/solutions/" + entry.id() + "/" + entry.descriptor().startPath();
        String category = entry.descriptor().category();
        return "<li><h2><a href=\"" + Html.escape(path) + "\">" + Html.escape(entry.descriptor().name()) + "</a></h2>\n"
                + "<p>" + Html.escape(entry.descriptor().summary()) + "</p>\n"
                + "<p class=\"quiet\">" + (category.isEmpty() ? "" : Html.escape(category) + " · ")
                + "<a href=\"/upgrade?solution_id=" + entry.id() + "\">Tiers and limits</a></p></li>\n";
    }
}
