package com.cloudnestle.marketplace.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A key that the component does not know is silently nothing, so the shipped file is held against it. */
class ShippedConfigurationTest {

    private static final Path ETC = Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.mail.cfg");

    @Test
    void hasOnlyKeysThatAreRead() throws Exception {
        Properties shipped = new Properties();
        try (Reader text = Files.newBufferedReader(ETC)) {
            shipped.load(text);
        }
        // Declarative Services, 112.8.2.1: an underscore of the method is a dot of the key.
        Set<String> read = Arrays.stream(MailComponent.Config.class.getDeclaredMethods())
                .map(Method::getName).map(name -> name.replace('_', '.')).collect(Collectors.toSet());

        assertThat(shipped.stringPropertyNames()).isSubsetOf(read).contains("transport", "from", "product.name", "tls");
        assertThat(shipped.stringPropertyNames()).noneMatch(key -> key.equals("password"));
    }
}
