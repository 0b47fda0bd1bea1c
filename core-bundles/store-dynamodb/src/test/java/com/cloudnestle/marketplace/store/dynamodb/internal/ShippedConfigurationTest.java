package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in the distribution's configuration is what the component reads: a key of another name is silently nothing. */
class ShippedConfigurationTest {

    private static final Path ETC = Path.of("../../assembly/src/main/resources/etc");

    private static Properties read(String pid) throws Exception {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(ETC.resolve(pid + ".cfg"))) {
            properties.load(text);
        }
        return properties;
    }

    /** As Declarative Services makes the names of properties out of those of methods. */
    private static Set<String> keys() {
        return Stream.of(DynamoDbOpening.Config.class.getDeclaredMethods())
                .map(method -> method.getName().replace('_', '.')).collect(Collectors.toSet());
    }

    @Test
    void everyKeyIsOneThatIsRead() throws Exception {
        assertThat(keys()).contains("table.prefix", "type");
        assertThat(read(DynamoDbOpening.PID).stringPropertyNames()).isNotEmpty().isSubsetOf(keys());
        assertThat(read(DynamoDbOpening.CHOICE_PID).stringPropertyNames()).containsExactly("type");
    }

    @Test
    void everyKeyCanBeSetByTheEnvironmentAndHasASafeDefault() throws Exception {
        read(DynamoDbOpening.PID).forEach((key, value) -> assertThat((String) value).startsWith("${env:MARKETPLACE_DYNAMODB_"));
        assertThat(read(DynamoDbOpening.PID).getProperty("tables")).endsWith(":-verify}");
        assertThat(read(DynamoDbOpening.PID).getProperty("credentials")).endsWith(":-environment}");
    }
}
