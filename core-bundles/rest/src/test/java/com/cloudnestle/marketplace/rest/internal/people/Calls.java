package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.rest.internal.pages.ServedOperations;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All calls the server knows, read from its code, so that tests of what must hold everywhere cannot forget a new one. */
record Calls(Map<String, Method> served) {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** @param path with something in place of its variables */
    record Call(String method, String path, Method code) {
        boolean unsafe() {
            return !SAFE.contains(method);
        }

        /** Whether it is one of those for people, not for solutions and operators. */
        boolean ofPeople() {
            return Stream.of("/api/auth/", "/api/setup", "/api/account", "/api/registrations", "/api/admin/", "/api/payments").anyMatch(path::startsWith);
        }

        boolean withBody() {
            return code.isAnnotationPresent(jakarta.ws.rs.Consumes.class);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Calls of(PeopleServer server) {
        return new Calls(ServedOperations.ofMounts(server.server.mounts()));
    }

    List<Call> all() {
        return served.entrySet().stream().map(entry -> {
            String[] parts = entry.getKey().split(" ");
            return new Call(parts[0], parts[1].replaceAll("\\{[^}]*}", "acme"), entry.getValue());
        }).toList();
    }
}
