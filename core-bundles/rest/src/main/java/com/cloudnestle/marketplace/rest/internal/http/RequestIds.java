package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.rest.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id that joins an answer with the log. A caller's own id is kept if it cannot do harm in a log or a header. */
public final class RequestIds {

    /** Header of request and answer. */
    public static final String HEADER = ProblemAnswers.REQUEST_ID;

    private static final int MAX_LENGTH = 64;

    private RequestIds() {}

    public static String of(HttpServletRequest request) {
        String given = request.getHeader(HEADER);
        return sane(given) ? given : "req_" + Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
    }

    private static boolean sane(@Nullable String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                        || c == '.' || c == '_' || c == '-');
    }
}
