package com.cloudnestle.marketplace.rest.runtime.internal;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the client went away. The first failed write is kept from CXF, which would try to send a 500 down the same
 * broken connection and log two stack traces; an answer that goes on and on is ended by an exception at its next write.
 */
final class WatchedResponse extends HttpServletResponseWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedResponse.class);

    private volatile boolean broken;
    private @Nullable ServletOutputStream stream;

    WatchedResponse(HttpServletResponse response) {
        super(response);
    }

    /** The client is gone and did not get the whole answer. */
    boolean broken() {
        return broken;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream present = stream;
        if (present == null) {
            present = new WatchedStream(super.getOutputStream());
            stream = present;
        }
        return present;
    }

    @Override
    public void flushBuffer() throws IOException {
        untilBroken(super::flushBuffer);
    }

    private void watched(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            if (broken) {
                throw e;
            }
            broken = true;
            LOG.debug("client went away", e);
        }
    }

    private void untilBroken(Writing writing) throws IOException {
        if (!broken) {
            watched(writing);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private final class WatchedStream extends ServletOutputStream {
        private final ServletOutputStream out;

        WatchedStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            watched(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            watched(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            untilBroken(out::flush);
        }

        @Override
        public void close() throws IOException {
            untilBroken(out::close);
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
