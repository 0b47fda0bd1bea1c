package com.cloudnestle.marketplace.benchmarks.jetty;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the body and answers 100 fixed bytes: the same as the no-op on the marketplace's server. */
final class NoopServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final byte[] ANSWER =
            "{\"allowed\":true,\"access_tier\":\"registered\",\"quota_remaining\":9999999,\"solution_id\":\"benchmark-noop\"}"
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        response.setContentType("application/json");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }
}
