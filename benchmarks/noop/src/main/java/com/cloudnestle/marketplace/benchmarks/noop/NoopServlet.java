package com.cloudnestle.marketplace.benchmarks.noop;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;

/** Reads the body and answers 100 fixed bytes of JSON, registered the way the marketplace registers its own servlets. */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=benchmark-noop",
    "osgi.http.whiteboard.servlet.pattern=/benchmark/noop"})
public final class NoopServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final byte[] ANSWER =
            "{\"allowed\":true,\"access_tier\":\"registered\",\"quota_remaining\":9999999,\"solution_id\":\"benchmark-noop\"}"
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] buffer = new byte[1024];
        InputStream body = request.getInputStream();
        while (body.read(buffer) >= 0) {
            // a decision has to read its question, so the floor does too
        }
        response.setContentType("application/json");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }
}
