package com.cloudnestle.marketplace.platform;

import org.osgi.annotation.versioning.ProviderType;

/** Tells the operator a generated secret exactly once, outside the log. */
@ProviderType
public interface FirstStartNotices {

    /**
     * Writes {@code text} to {@code <data>/first-start/<name>.txt}, readable by the server's user only. The start script
     * shows such files once and deletes them.
     *
     * @param name 1 to 40 of {@code a-z 0-9 -}
     */
    void post(String name, String text);
}
