package com.cloudnestle.marketplace.store.transfer.internal;

import java.io.IOException;

/** A file is no export of this platform, or was damaged. */
final class ExportFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ExportFormatException(String message) {
        super(message);
    }

    ExportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
