package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.util.function.Supplier;

/** Runs parts of the SDK that look for classes by the thread's context class loader with the one that has them. */
final class OwnLoader {

    private OwnLoader() {}

    static <T> T call(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
