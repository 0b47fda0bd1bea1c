package com.cloudnestle.marketplace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key in a shipped configuration that no component asks for would do nothing, and nobody would be told. */
class ShippedConfigurationTest {

    private static final String ETC = "assembly/src/main/resources/etc/";
    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";
    private static final String PREFIX = "com.cloudnestle.marketplace.";

    /** Read as maps, because their keys begin with names of the operator's choice or stand for themselves; tested in their modules. */
    private static final Set<String> MAPS = Set.of(PREFIX + "providers");

    private static final Modules MODULES = new Modules();

    @Test
    void everyKeyIsOneOfItsComponents() {
        JavaClasses classes = MODULES.load();
        Map<String, Properties> shipped = shipped();
        assertThat(shipped).containsKeys(PREFIX + "edge", PREFIX + "identity", PREFIX + "mail", PREFIX + "quota");

        shipped.forEach((pid, keys) -> {
            if (!MAPS.contains(pid)) {
                assertThat(known(classes, pid)).as("what components read of %s", pid).containsAll(keys.stringPropertyNames());
            }
        });
    }

    @Test
    void whatOperatorsMayDecideAboutPeopleIsAllThere() {
        Set<String> keys = shipped().getOrDefault(PREFIX + "identity", new Properties()).stringPropertyNames();

        assertThat(keys).isEqualTo(known(MODULES.load(), PREFIX + "identity"));
    }

    private static Set<String> known(JavaClasses classes, String pid) {
        Set<String> keys = classes.stream()
                .filter(type -> type.isAnnotatedWith(COMPONENT) && pids(type).anyMatch(pid::equals))
                .flatMap(type -> Stream.concat(type.getConstructors().stream(), type.getMethods().stream()))
                .map(JavaCodeUnit::getRawParameterTypes)
                .flatMap(types -> types.stream().filter(JavaClass::isAnnotation))
                .flatMap(config -> config.getMethods().stream())
                .map(JavaMethod::getName)
                .map(ShippedConfigurationTest::key)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys).as("no component is configured by %s", pid).isNotEmpty();
        return keys;
    }

    private static Stream<String> pids(JavaClass type) {
        JavaAnnotation<?> component = type.getAnnotationOfType(COMPONENT);
        return component.get("configurationPid").map(value -> Arrays.stream((Object[]) value).map(Object::toString)).orElseGet(Stream::of);
    }

    /** OSGi Compendium 112.8.2.1: one underscore stands for a dot, two for one underscore. */
    private static String key(String method) {
        return method.replace("__", "\0").replace('_', '.').replace('\0', '_');
    }

    private static Map<String, Properties> shipped() {
        return MODULES.files(ETC + PREFIX + "*.cfg").stream().collect(Collectors.toMap(
                file -> file.getFileName().toString().replaceFirst("\\.cfg$", ""), ShippedConfigurationTest::read));
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
