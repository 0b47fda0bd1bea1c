package com.cloudnestle.marketplace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may run a console command. To Karaf a command without a line is open to everybody who is logged in. */
class CommandAccessTest {

    private static final String COMMAND = "org.apache.karaf.shell.api.action.Command";
    private static final Modules MODULES = new Modules();

    @Test
    void everyCommandSaysWhichRoleItNeeds() throws IOException {
        Set<String> commands = new ClassFileImporter().importPath(MODULES.classes("core-bundles/console")).stream()
                .filter(type -> type.isAnnotatedWith(COMMAND))
                .map(type -> type.getAnnotationOfType(COMMAND))
                .filter(command -> command.get("scope").filter("market"::equals).isPresent())
                .map(command -> (String) command.get("name").orElseThrow())
                .collect(Collectors.toSet());
        Properties access = access();

        assertThat(commands).as("commands with a line").isEqualTo(access.stringPropertyNames());
        assertThat(access.values()).as("roles").isSubsetOf("viewer", "manager", "admin");
    }

    private static Properties access() throws IOException {
        Path file = MODULES.root().resolve("assembly/src/main/resources/etc/org.apache.karaf.command.acl.market.cfg");
        Properties access = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            access.load(in);
        }
        return access;
    }
}
