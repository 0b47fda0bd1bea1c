package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, bounded before anything is parsed. */
public final class Bodies {

    /** Largest body of the control plane: 64 KiB. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int UNKNOWN_LENGTH_BUFFER = 1024;

    /** What is still read of a body that is refused: a client in the middle of sending would not see the answer otherwise. */
    private static final int MAX_DRAINED_BYTES = 1024 * 1024;

    private Bodies() {}

    /**
     * The whole body, which must call itself JSON.
     *
     * @throws MarketplaceException {@code unsupported-media-type} (415), {@code too-large} (413), {@code malformed-json} (400)
     *     for an empty one, {@code bad-request} (400) for one that breaks off
     */
    public static byte[] json(HttpServletRequest request) {
        requireJson(request.getContentType());
        return required(whole(request, MAX_BYTES));
    }

    /**
     * The very bytes of the body, whatever they are.
     *
     * @throws MarketplaceException {@code too-large} (413), {@code bad-request} (400) for one that breaks off
     */
    public static byte[] whole(HttpServletRequest request, int maxBytes) {
        long declared = request.getContentLengthLong();
        try {
            if (declared > maxBytes) {
                if (request.getHeader("Expect") == null) { // a client that asked first waits for the answer, and sends nothing
                    drain(request.getInputStream());
                }
                throw tooLarge(maxBytes);
            }
            return bounded(request.getInputStream(), declared, maxBytes);
        } catch (IOException e) { // the client broke off, or its chunks are malformed
            throw new MarketplaceException(Problem.BAD_REQUEST, "The body could not be read to its end.", e);
        }
    }

    /** The body, unless it is empty. */
    public static byte[] required(byte[] body) {
        if (body.length == 0) {
            throw new MarketplaceException(Problem.MALFORMED_JSON, "The body is empty; a JSON object is expected.");
        }
        return body;
    }

    /** Everything the stream holds, at most {@link #MAX_BYTES}. */
    public static byte[] bounded(InputStream in) throws IOException {
        return bounded(in, -1, MAX_BYTES);
    }

    /** Whatever length was announced, no more than the most are kept. */
    private static byte[] bounded(InputStream in, long announced, int maxBytes) throws IOException {
        byte[] buffer = new byte[announced >= 0 ? (int) Math.min(announced, maxBytes) + 1 : UNKNOWN_LENGTH_BUFFER];
        int length = 0;
        for (int read = in.read(buffer, 0, buffer.length); read >= 0; read = in.read(buffer, length, buffer.length - length)) {
            length += read;
            if (length > maxBytes) {
                drain(in);
                throw tooLarge(maxBytes);
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(maxBytes + 1, buffer.length * 2));
            }
        }
        return Arrays.copyOf(buffer, length);
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int drained = 0;
        for (int read = in.read(buffer); read >= 0 && drained < MAX_DRAINED_BYTES; read = in.read(buffer)) {
            drained += read;
        }
    }

    /**
     * Lets a request that is refused unread end so that its connection can be used again: reads the body away, or says that the
     * connection closes if it is too long for that.
     */
    public static void discard(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > MAX_BYTES || declared < 0 && request.getHeader("Transfer-Encoding") != null) {
            response.setHeader("Connection", "close");
        } else if (declared > 0) {
            drain(request.getInputStream());
        }
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip();
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw new MarketplaceException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "Send the body as 'Content-Type: application/json'.");
        }
    }

    private static MarketplaceException tooLarge(int maxBytes) {
        return new MarketplaceException(Problem.TOO_LARGE, "The body may have at most " + maxBytes + " bytes.");
    }
}
