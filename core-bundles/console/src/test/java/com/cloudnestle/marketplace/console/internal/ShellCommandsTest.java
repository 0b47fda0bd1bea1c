package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands as the real shell makes, fills and runs them, so that the annotations count, too. */
class ShellCommandsTest {

    private static final Map<String, Class<? extends Action>> COMMANDS = Map.ofEntries(
            Map.entry("solutions", SolutionsCommand.class),
            Map.entry("solution-owner", SolutionOwnerCommand.class),
            Map.entry("profile", ProfileCommand.class),
            Map.entry("entitle", EntitleCommand.class),
            Map.entry("token", TokenCommand.class),
            Map.entry("quota", QuotaCommand.class),
            Map.entry("why", WhyCommand.class),
            Map.entry("key", KeyCommand.class),
            Map.entry("audit", AuditCommand.class),
            Map.entry("backup", BackupCommand.class),
            Map.entry("restore", RestoreCommand.class),
            Map.entry("export", ExportCommand.class),
            Map.entry("import", ImportCommand.class),
            Map.entry("nodes", NodesCommand.class),
            Map.entry("user", UserCommand.class),
            Map.entry("sessions", SessionsCommand.class),
            Map.entry("keys", UserKeysCommand.class),
            Map.entry("mail", MailCommand.class),
            Map.entry("quota-metrics", QuotaMetricsCommand.class),
            Map.entry("migrate", MigrateCommand.class));

    private static final List<Class<? extends Completer>> COMPLETERS = List.of(
            SolutionCompleter.class, ProfileCompleter.class, TierCompleter.class, CustomerCompleter.class,
            BackupCompleter.class, ExportCompleter.class);

    private final Bench bench = new Bench();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Registry registry = new RegistryImpl(null);
    private final Session session = session();

    @BeforeEach
    void register() {
        registry.register(bench.platform);
        registry.register(session);
        ManagerImpl manager = new ManagerImpl(registry, registry);
        COMPLETERS.forEach(manager::register);
        manager.register(OptionsAnywhere.class);
        COMMANDS.values().forEach(manager::register);
    }

    private Session session() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return (Session) Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConsole" -> out;
                    case "getRegistry" -> registry;
                    case "resolveCommand" -> arguments[0];
                    case "get", "getTerminal" -> null;
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** What the shell does with a line: the command's parser first, then the words go to the command. */
    private String run(String name, String... words) throws Exception {
        printed.reset();
        Command command = registry.getCommand("market", name);
        assertThat(command).as("market:" + name).isNotNull();
        String line = "market:" + name + " " + String.join(" ", words);
        Parser parser = command.getParser();
        String processed = parser.preprocess(session, parser.parse(session, line, line.length()));
        List<Object> arguments = new ArrayList<>(List.of((Object[]) processed.split(" ")));
        command.execute(session, arguments.subList(1, arguments.size()));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void knowsAllCommands() {
        assertThat(COMMANDS.keySet()).allSatisfy(name -> assertThat(registry.getCommand("market", name)).isNotNull());
    }

    @Test
    void everyCommandKnowsJsonAnywhere() {
        for (String name : COMMANDS.keySet()) {
            CommandLine line = registry.getCommand("market", name).getParser().parse(session, "market:" + name + " a --json", 0);
            assertThat(line.getArguments()).as(name).containsExactly("market:" + name, "--json", "a");
        }
    }

    @Test
    void everyCommandOffersCompletion() {
        for (String name : COMMANDS.keySet()) {
            assertThat(registry.getCommand("market", name).getCompleter(true)).isNotNull();
        }
    }

    @Test
    void leadsACustomerFromNothingToALimitAndBack() throws Exception {
        assertThat(run("entitle", Bench.ANN, "wc", "registered")).contains("now has registered");
        String token = run("token", Bench.ANN, "wc").lines().findFirst().orElseThrow();
        assertThat(run("why", token)).contains("ALLOWED");
        assertThat(run("quota", Bench.ANN, "wc")).contains("count", "day", "10");
        assertThat(run("entitle", "--suspend", Bench.ANN, "wc")).contains("suspended");
        assertThat(run("why", token)).contains("REFUSED with 403 entitlement-suspended");
        assertThat(run("entitle", Bench.ANN, "wc", "--resume")).contains("active");
        assertThat(run("token", "--rotate", "--grace", "1h", Bench.ANN, "wc")).doesNotContain(token);
        assertThat(run("entitle", "--list", "wc")).contains(Bench.ANN);
        assertThat(run("audit", "-n", "1")).contains("token.rotated");
        assertThat(run("key", "wc", "--name", "host", "--json")).contains("\"secret\"");
        assertThat(run("profile", "wc", "trial")).contains("now on the profile trial");
        assertThat(run("solutions")).contains("word-count", "trial");
    }

    @Test
    void refusesInOneRedLineOfTheShellsOwnKind() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> run("token", Bench.ANN, "nope"))
                .satisfies(e -> assertThat(e.getNiceHelp()).startsWith("\u001b[31m").doesNotContain("\n", "Exception"))
                // the shell tells its own failures by this very name and logs anything else with a stack trace
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("CommandException"));
    }

    @Test
    void keepsAnOptionTogetherWithItsValue() throws Exception {
        run("entitle", Bench.ANN, "wc");

        assertThat(run("key", "wc", "--name", "-odd-", "--json")).contains("-odd-");
        assertThat(run("token", Bench.ANN, "--rotate", "wc", "--grace=1h")).contains("another 1h");
    }

    @Test
    void completesAnOptionAfterTheArguments() {
        List<String> candidates = new ArrayList<>();
        String line = "market:token " + Bench.ANN + " wc --ro";
        Command token = registry.getCommand("market", "token");

        token.getCompleter(false).complete(session, token.getParser().parse(session, line, line.length()), candidates);

        assertThat(candidates).contains("--rotate").doesNotContain("word-count");
    }

    @Test
    void completesANewWordAtTheEndAndNotTheCommand() {
        String line = "market:token --rotate"; // the shell cuts the space off, but the cursor stands behind it
        Command token = registry.getCommand("market", "token");

        CommandLine parsed = token.getParser().parse(session, line, line.length() + 1);

        assertThat(parsed.getCursorArgument()).isEmpty();
        assertThat(parsed.getCursorArgumentIndex()).isEqualTo(2);
        assertThat(parsed.getBufferPosition()).isEqualTo(parsed.getBuffer().length());
        bench.entitled("word-count", "pro");
        List<String> candidates = new ArrayList<>();
        token.getCompleter(false).complete(session, parsed, candidates);
        assertThat(candidates).contains(Bench.ANN);
    }

    @Test
    void refusesAnOptionWithoutItsValueByName() throws Exception {
        run("entitle", Bench.ANN, "wc");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> run("token", Bench.ANN, "wc", "--rotate", "--grace")).withMessageContaining("--grace");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> run("audit", "--limit")).withMessageContaining("--limit");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> run("token", Bench.ANN, "wc", "--nope")).withMessageContaining("--nope");
    }

    @Test
    void refusesAMissingArgumentItself() {
        assertThatExceptionOfType(CommandException.class).isThrownBy(() -> run("token", Bench.ANN));
        assertThatExceptionOfType(CommandException.class).isThrownBy(() -> run("audit", "--limit", "many"));
    }
}
