package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import org.jspecify.annotations.Nullable;

/** A data file is wrong; the message names file, entry and field. The solution does not start with it. */
public final class MalformedCatalogException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MalformedCatalogException(String message) {
        this(message, null);
    }

    MalformedCatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
