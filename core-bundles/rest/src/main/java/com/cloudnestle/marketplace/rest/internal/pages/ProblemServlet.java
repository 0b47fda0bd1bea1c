package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** The page each problem's {@code type} leads to, from {@code docs/problems/}, and the list of them all. */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-problems",
    "osgi.http.whiteboard.servlet.pattern=/problems/*"})
public final class ProblemServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Problem> BY_CODE =
            Arrays.stream(Problem.values()).collect(Collectors.toMap(Problem::code, problem -> problem));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Replies.reads(request, response)) {
            return;
        }
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        if (path.equals("/")) {
            Html.send(response, 200, "Problems", list());
            return;
        }
        Problem problem = BY_CODE.get(path.substring(1));
        if (problem == null) {
            Html.send(response, 404, "No such problem",
                    "<h1>No such problem</h1>\n<p>Nothing has this code. Here are <a href=\"/problems/\">all of them</a>.</p>");
            return;
        }
        Html.send(response, 200, problem.title(), page(problem) + "<p><a href=\"/problems/\">All problems</a></p>");
    }

    static String page(Problem problem) {
        byte[] source = Bundled.read("/problems/" + problem.code() + ".md")
                .orElseThrow(() -> new IllegalStateException("no page for problem " + problem.code()));
        return Markdown.toHtml(new String(source, StandardCharsets.UTF_8));
    }

    private static String list() {
        return Arrays.stream(Problem.values())
                .map(problem -> "<tr><td>" + problem.status() + "</td><td><a href=\"/problems/" + problem.code() + "\"><code>"
                        + problem.code() + "</code></a></td><td>" + Html.escape(problem.title()) + "</td></tr>\n")
                .collect(Collectors.joining("", "<h1>Problems</h1>\n<p>What a failed call answers with, by its code.</p>\n"
                        + "<table>\n<tr><th>Status</th><th>Code</th><th>Meaning</th></tr>\n", "</table>"));
    }
}
