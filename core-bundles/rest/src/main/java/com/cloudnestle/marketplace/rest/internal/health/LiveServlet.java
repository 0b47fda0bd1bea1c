package com.cloudnestle.marketplace.rest.internal.health;

import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** 200 as soon as the server serves: it depends on nothing, so a failing store does not get the process restarted. */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-live",
    "osgi.http.whiteboard.servlet.pattern=/health/live"})
public final class LiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Replies.reads(request, response)) {
            Replies.json(response, 200, Json.write(json -> {
                json.writeStartObject();
                json.writeStringField("status", "live");
                json.writeEndObject();
            }));
        }
    }
}
