package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body is read whole at the first look, up to a limit: nothing is parsed of a body that is too large. */
final class BoundedRequest extends HttpServletRequestWrapper {

    static final int MAX_BODY_BYTES = 64 * 1024;

    /** Read and thrown away beyond the limit, so that a client which is still sending gets to see the answer. */
    private static final int MAX_DRAINED_BYTES = 1024 * 1024;

    private @Nullable WholeBody body;

    BoundedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Refuses by the header alone what cannot be accepted. */
    static void requireAcceptable(HttpServletRequest request) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new MarketplaceException(Problem.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not accepted.");
        }
        if (request.getHeader("OnewayRequest") != null) { // CXF would answer 202 before the call is done
            throw new MarketplaceException(Problem.BAD_REQUEST, "One-way requests are not supported.");
        }
        if (request.getContentLengthLong() > MAX_BODY_BYTES) {
            if (request.getHeader("Expect") == null) {
                drain(request.getInputStream());
            }
            throw tooLarge();
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body();
    }

    /** What the body holds, however much of it was read already. */
    byte[] content() throws IOException {
        return body().content();
    }

    private WholeBody body() throws IOException {
        WholeBody present = body;
        if (present == null) {
            present = new WholeBody(super.getInputStream());
            body = present;
        }
        return present;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static byte[] readAll(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
            if (bytes.length > MAX_BODY_BYTES) {
                drain(in);
                throw tooLarge();
            }
            return bytes;
        } catch (MarketplaceException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the client broke off, or its chunks are malformed
            throw new MarketplaceException(Problem.BAD_REQUEST, "The body could not be read to its end.", e);
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int drained = 0;
        int read = in.read(buffer);
        while (read >= 0 && drained < MAX_DRAINED_BYTES) {
            drained += read;
            read = in.read(buffer);
        }
    }

    private static MarketplaceException tooLarge() {
        return new MarketplaceException(Problem.TOO_LARGE, "The body must not be larger than " + MAX_BODY_BYTES + " bytes.");
    }

    /** The body in memory, read from the connection when it is first asked for. */
    private static final class WholeBody extends ServletInputStream {
        private final InputStream source;
        private byte[] content = {};
        private @Nullable ByteArrayInputStream bytes;

        WholeBody(InputStream source) {
            this.source = source;
        }

        private ByteArrayInputStream bytes() {
            ByteArrayInputStream present = bytes;
            if (present == null) {
                bytes = new ByteArrayInputStream(content); // a body that cannot be read is told once, and is empty from then on
                content = readAll(source);
                present = new ByteArrayInputStream(content);
                bytes = present;
            }
            return present;
        }

        byte[] content() {
            bytes();
            return content;
        }

        @Override
        public int read() {
            return bytes().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes().read(buffer, offset, length);
        }

        @Override
        public int available() {
            return bytes().available();
        }

        @Override
        public boolean isFinished() {
            return available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("bodies are read as a whole");
        }
    }
}
