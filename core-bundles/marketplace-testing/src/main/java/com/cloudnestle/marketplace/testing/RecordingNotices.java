package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.platform.FirstStartNotices;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps notices for looking at. Thread-safe. */
public final class RecordingNotices implements FirstStartNotices {

    private final Map<String, String> notices = new ConcurrentHashMap<>();

    @Override
    public void post(String name, String text) {
        notices.put(name, text);
    }

    /** The present notices by name. */
    public Map<String, String> all() {
        return Map.copyOf(notices);
    }
}
