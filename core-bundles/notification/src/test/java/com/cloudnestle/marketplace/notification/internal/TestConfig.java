package com.cloudnestle.marketplace.notification.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The defaults of the configuration, with what a test sets. */
final class TestConfig {

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    /** An SMTP server on this machine without encryption. */
    static TestConfig smtp(int port) {
        return new TestConfig().set("transport", "smtp").set("host", "127.0.0.1").set("port", port).set("tls", "none")
                .set("from", "no-reply@market.example");
    }

    TestConfig set(String key, Object value) {
        values.put(key, value);
        return this;
    }

    TestConfig environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    MailSettings settings(Path data) {
        MailComponent.Config config = (MailComponent.Config) Proxy.newProxyInstance(
                MailComponent.Config.class.getClassLoader(), new Class<?>[] {MailComponent.Config.class},
                (proxy, method, arguments) -> method.getName().equals("annotationType")
                        ? Annotation.class : values.getOrDefault(method.getName(), method.getDefaultValue()));
        return new MailSettings(config, this::variable, data);
    }

    private @Nullable String variable(String name) {
        return environment.get(name);
    }
}
