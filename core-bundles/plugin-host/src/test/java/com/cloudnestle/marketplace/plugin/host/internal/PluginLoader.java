package com.cloudnestle.marketplace.plugin.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Defines one class of these tests, and those nested in it, anew, as the class loader of a bundle would. */
final class PluginLoader extends ClassLoader {

    private final Class<?> template;

    PluginLoader(Class<?> template) {
        super(template.getClassLoader());
        this.template = template;
    }

    <T> T make(Class<T> type) throws ReflectiveOperationException {
        return type.cast(loadClass(template.getName()).getConstructor().newInstance());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(template.getName()) && !name.startsWith(template.getName() + "$")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Whether all of them are gone within a minute: a thread that is about to end may still hold one. */
    static boolean collected(Collection<? extends WeakReference<?>> loaders) {
        long begun = System.nanoTime();
        while (alive(loaders) > 0 && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(1)) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            byte[][] pressure = new byte[32][];
            for (int block = 0; block < pressure.length; block++) {
                pressure[block] = new byte[1 << 20];
            }
        }
        return alive(loaders) == 0;
    }

    static long alive(Collection<? extends WeakReference<?>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
