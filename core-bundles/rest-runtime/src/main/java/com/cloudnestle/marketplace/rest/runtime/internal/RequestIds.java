package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.rest.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name a request goes by in logs and problems. */
final class RequestIds {

    /** Only what can do no harm in a log line or a header. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    /** The client's own id if it is a sane one, else a new one. */
    static String of(HttpServletRequest request) {
        String given = request.getHeader(ProblemAnswers.REQUEST_ID);
        return given != null && SANE.matcher(given).matches() ? given : "req_" + UUID.randomUUID();
    }
}
