package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses what would look like a failure of ours further in, so that strangers cannot fill the log with alarms. */
final class Malformed {

    private static final String PLAIN_JSON = "application/json";
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

    private Malformed() {}

    /** @throws MarketplaceException {@code bad-request} (400), {@code unsupported-media-type} (415) */
    static void refuse(EdgeRequest request) {
        requireEncoded(request.getQueryString());
        requireKnownCharset(request.getContentType());
    }

    private static void requireEncoded(@Nullable String query) {
        if (query == null) {
            return;
        }
        for (int at = query.indexOf('%'); at >= 0; at = query.indexOf('%', at + 1)) {
            if (at + 2 >= query.length() || !hex(query.charAt(at + 1)) || !hex(query.charAt(at + 2))) {
                throw new MarketplaceException(Problem.BAD_REQUEST, "The query has a '%' that is not followed by two hexadecimal digits.");
            }
        }
    }

    private static boolean hex(char c) {
        return c <= 'f' && Character.digit(c, 16) >= 0;
    }

    private static void requireKnownCharset(@Nullable String type) {
        if (type == null || type.equals(PLAIN_JSON)) {
            return;
        }
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !known(charset.group(1))) {
            throw new MarketplaceException(Problem.UNSUPPORTED_MEDIA_TYPE, "The charset of the body is not known; send UTF-8.");
        }
    }

    private static boolean known(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
