package com.cloudnestle.marketplace.rest.runtime.internal;

import java.util.concurrent.Callable;

/** CXF and every ServiceLoader look at the thread's context class loader: sets it for the time of one call. */
final class ContextLoader {

    private ContextLoader() {}

    static <T> T call(ClassLoader loader, Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
