package com.cloudnestle.marketplace.rest.internal.pages;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the code serves: from the annotations of the resources, and from the component descriptions of the servlets. */
public final class ServedOperations {

    private static final Pattern SERVLET_PATTERNS = Pattern.compile(
            "name=\"osgi\\.http\\.whiteboard\\.servlet\\.pattern\"([^>]*?)(?:/>|>([^<]*)</property>)");

    private ServedOperations() {}

    /** The resources' methods by "METHOD /path", each mount at its path. */
    public static Map<String, Method> ofMounts(Map<String, List<Object>> mounts) {
        Map<String, Method> served = new TreeMap<>();
        mounts.forEach((path, resources) -> served.putAll(at(path, resources)));
        return served;
    }

    private static Map<String, Method> at(String mount, List<Object> resources) {
        Map<String, Method> served = new TreeMap<>();
        for (Object resource : resources) {
            String base = mount + slashed(resource.getClass().getAnnotation(Path.class));
            for (Method method : resource.getClass().getDeclaredMethods()) {
                Arrays.stream(method.getAnnotations())
                        .map(a -> a.annotationType().getAnnotation(HttpMethod.class))
                        .filter(Objects::nonNull)
                        .forEach(http -> served.put(http.value() + " " + base + slashed(method.getAnnotation(Path.class)), method));
            }
        }
        return served;
    }

    private static String slashed(@Nullable Path path) {
        String text = path == null ? "" : path.value().replaceAll("^/|/$", "");
        return text.isEmpty() ? "" : "/" + text;
    }

    static Set<String> queryParameters(Method method) {
        return parameters(method, QueryParam.class, QueryParam::value);
    }

    static Set<String> pathParameters(Method method) {
        return parameters(method, PathParam.class, PathParam::value);
    }

    private static <A extends Annotation> Set<String> parameters(Method method, Class<A> type, Function<A, String> name) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(method.getParameters())
                .filter(p -> p.isAnnotationPresent(type))
                .forEach(p -> names.add(name.apply(p.getAnnotation(type))));
        return names;
    }

    /** An address that ends with a variable, as the pattern of a servlet. */
    static String pattern(String path) {
        return path.replaceAll("/\\{[^/]*}$", "/*");
    }

    /** The patterns of all servlets of this bundle. */
    static Set<String> servletPatterns() throws IOException {
        Set<String> patterns = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of("target", "classes", "OSGI-INF"))) {
            files.filter(file -> file.toString().endsWith(".xml")).forEach(file -> {
                Matcher property = SERVLET_PATTERNS.matcher(read(file));
                while (property.find()) {
                    Matcher value = Pattern.compile("value=\"([^\"]*)\"").matcher(property.group(1));
                    String text = value.find() ? value.group(1) : String.valueOf(property.group(2));
                    Arrays.stream(text.split("\n")).map(String::strip).forEach(patterns::add);
                }
            });
        }
        return patterns;
    }

    private static String read(java.nio.file.Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
