package com.cloudnestle.marketplace.rest.internal.health;

import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * 200 if the server can do all its work, else 503. A broken plugin is told but does not make the server unready, since all
 * others go on. Reasons name files and bundles, so only callers on this machine are told them.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-ready",
    "osgi.http.whiteboard.servlet.pattern=/health/ready"})
public final class ReadyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient CoreServices services;
    private final transient MissingServices missing;

    @Activate
    public ReadyServlet(@Reference CoreServices services, @Reference MissingServices missing) {
        this.services = services;
        this.missing = missing;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Replies.reads(request, response)) {
            return;
        }
        List<Check> checks = services.checks(missing);
        boolean ready = checks.stream().allMatch(Check::ok);
        boolean withReasons = local(request.getRemoteAddr());
        Replies.json(response, ready ? 200 : 503, Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", ready ? "ready" : "not-ready");
            checks(json, checks, withReasons);
            plugins(json, services.plugins(), withReasons);
            json.writeEndObject();
        }));
    }

    private static void checks(JsonGenerator json, List<Check> checks, boolean withReasons) throws IOException {
        json.writeArrayFieldStart("checks");
        for (Check check : checks) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeBooleanField("ok", check.ok());
            if (withReasons && !check.ok()) {
                json.writeStringField("reason", check.reason());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void plugins(JsonGenerator json, List<PluginReport.Plugin> plugins, boolean withReasons) throws IOException {
        json.writeArrayFieldStart("plugins");
        for (PluginReport.Plugin plugin : plugins) {
            json.writeStartObject();
            json.writeStringField("solution_id", plugin.solutionId().orElse(null));
            json.writeStringField("state", plugin.state().name().toLowerCase(Locale.ROOT));
            if (withReasons) {
                json.writeStringField("bundle", plugin.bundle());
                json.writeStringField("version", plugin.version());
                json.writeStringField("since", plugin.since().toString());
                json.writeStringField("reason", plugin.reason());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static boolean local(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("[::1]")
                || address.equals("0:0:0:0:0:0:0:1") || address.equals("[0:0:0:0:0:0:0:1]");
    }
}
