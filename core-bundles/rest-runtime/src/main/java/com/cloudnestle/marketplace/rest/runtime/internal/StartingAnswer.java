package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an address is answered that may be served in a moment: programs get a problem, people a page that asks again by itself. */
final class StartingAnswer {

    private static final String RETRY_SECONDS = "2";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Starting</title>
            <meta http-equiv="refresh" content="%s"></head>
            <body><h1>The marketplace is starting</h1><p>This page will be there in a few seconds; it loads by itself.</p></body>
            </html>
            """.formatted(RETRY_SECONDS);

    private StartingAnswer() {}

    static void send(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        boolean page = asksForAPage(request);
        String text = page ? PAGE : ProblemAnswers.json(Problem.STARTING, "Nothing is served at this address yet.", requestId);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(Problem.STARTING.status());
        ProblemAnswers.headers(Problem.STARTING).forEach(response::setHeader);
        response.setHeader("Retry-After", RETRY_SECONDS);
        response.setHeader("Vary", "Accept");
        response.setContentType(page ? "text/html;charset=utf-8" : ProblemAnswers.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean asksForAPage(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && Optional.ofNullable(request.getHeader("Accept")).filter(accept -> accept.contains("text/html")).isPresent();
    }
}
