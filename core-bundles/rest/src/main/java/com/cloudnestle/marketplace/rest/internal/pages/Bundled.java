package com.cloudnestle.marketplace.rest.internal.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files that are part of this bundle. */
final class Bundled {

    private Bundled() {}

    /** @param path absolute inside the bundle, made by us and never from an address */
    static Optional<byte[]> read(String path) {
        try (InputStream in = Bundled.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
