package com.cloudnestle.marketplace.rest.runtime.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which mount serves an address: the one with the longest path that is the address or one of its parents. */
final class MountTable {

    /** Bounds the work a long address of slashes can cause. */
    private static final int MAX_SEGMENTS = 6;

    private static final Pattern PATH = Pattern.compile("(/[a-z0-9][a-z0-9._-]{0,99}){1," + MAX_SEGMENTS + "}");

    private final Map<String, LiveMount> mounts = new ConcurrentHashMap<>();

    static void requireValid(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path must be 1 to " + MAX_SEGMENTS
                    + " segments of a-z, 0-9, '.', '_' and '-', each after a '/', was '" + path + "'");
        }
    }

    void requireFree(String path) {
        if (mounts.containsKey(path)) {
            throw new IllegalArgumentException("path " + path + " is in use by another mount");
        }
    }

    /** @throws IllegalArgumentException if somebody else was faster */
    void add(LiveMount mount) {
        if (mounts.putIfAbsent(mount.path(), mount) != null) {
            throw new IllegalArgumentException("path " + mount.path() + " is in use by another mount");
        }
    }

    boolean swap(LiveMount old, LiveMount fresh) {
        return mounts.replace(old.path(), old, fresh);
    }

    void remove(LiveMount mount) {
        mounts.remove(mount.path(), mount);
    }

    /** The mount for a request, entered: the caller must leave it. Empty if none serves the address. */
    Optional<LiveMount> enter(String requestUri) {
        LiveMount mount = find(requestUri);
        while (mount != null && !mount.enter()) {
            mount = find(requestUri); // it was closed just now; perhaps another took its place
        }
        return Optional.ofNullable(mount);
    }

    private @Nullable LiveMount find(String uri) {
        int end = 0;
        LiveMount longest = null;
        for (int segment = 0; segment < MAX_SEGMENTS && end < uri.length(); segment++) {
            int slash = uri.indexOf('/', end + 1);
            end = slash < 0 ? uri.length() : slash;
            LiveMount mount = mounts.get(uri.substring(0, end));
            longest = mount != null ? mount : longest;
        }
        return longest;
    }

    void closeAll() {
        mounts.values().forEach(LiveMount::close);
    }
}
