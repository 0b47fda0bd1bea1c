package com.cloudnestle.marketplace.benchmarks.jmh;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the platform's components the way the container does, by their descriptions and constructors, so that the real ones
 * are measured whatever they are called and however they are made. Not thread-safe.
 */
final class Wiring implements AutoCloseable {

    private final Map<Class<?>, Object> services = new HashMap<>();
    private final Map<String, Object> settings;
    private final Set<String> settingsUsed = new HashSet<>();
    private final List<ComponentDescription> descriptions;
    private final Deque<Runnable> endings = new ArrayDeque<>();

    /** @param settings values of configuration keys, by key */
    Wiring(Map<String, Object> settings) throws IOException {
        this.settings = settings;
        this.descriptions = ComponentDescription.all();
    }

    /** Takes this for the service instead of looking for a component. */
    <T> Wiring give(Class<T> type, T service) {
        services.put(type, service);
        return this;
    }

    /** The service, made with all that it needs. */
    <T> T get(Class<T> type) {
        Object known = services.get(type);
        return type.cast(known != null ? known : make(type));
    }

    /** Refuses a measurement under a name that the settings did not bring about. */
    void requireSettingsUsed() {
        Set<String> unknown = new HashSet<>(settings.keySet());
        unknown.removeAll(settingsUsed);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("no component has the settings " + unknown);
        }
    }

    private Object make(Class<?> type) {
        ComponentDescription description = descriptions.stream()
                .filter(d -> d.provided().contains(type.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing on the class path provides " + type.getName()));
        try {
            Class<?> implementation = Class.forName(description.implementation());
            Constructor<?> constructor = Arrays.stream(implementation.getConstructors())
                    .filter(description::describes)
                    .findFirst()
                    .orElseThrow();
            Object made = constructor.newInstance(
                    Arrays.stream(constructor.getParameterTypes()).map(this::argument).toArray());
            for (String provided : description.provided()) {
                services.putIfAbsent(Class.forName(provided), made); // what was given stays
            }
            description.deactivate().ifPresent(name -> endings.push(() -> end(made, name)));
            return made;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("cannot make " + description.implementation(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + description.implementation(), e);
        }
    }

    private Object argument(Class<?> type) {
        if (type.isAnnotation()) {
            return proxy(type, this::setting);
        }
        if (type.getName().startsWith("org.osgi.")) {
            return proxy(type, (self, method, arguments) -> null); // the container itself has nothing to say here
        }
        return get(type);
    }

    private Object setting(Object self, Method method, Object[] arguments) {
        String key = key(method.getName());
        if (settings.containsKey(key)) {
            settingsUsed.add(key);
            return settings.get(key);
        }
        return method.getDefaultValue();
    }

    /** The configuration key a method stands for: an underscore is a dot, two are an underscore. */
    private static String key(String method) {
        return method.replace("__", "\0").replace('_', '.').replace('\0', '_');
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static void end(Object component, String method) {
        try {
            Method end = Arrays.stream(component.getClass().getDeclaredMethods())
                    .filter(m -> m.getName().equals(method) && m.getParameterCount() == 0)
                    .findFirst()
                    .orElseThrow();
            end.setAccessible(true);
            end.invoke(component);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
