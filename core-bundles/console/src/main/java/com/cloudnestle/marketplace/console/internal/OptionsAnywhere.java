package com.cloudnestle.marketplace.console.internal;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets options stand anywhere on the line. The shell knows them only before the first argument and takes {@code --yes} in
 * {@code market:restore file --yes} for one more argument; here options move to the front, with their values, before the
 * shell looks at them.
 */
@Service
public final class OptionsAnywhere implements Parser {

    private static final List<Class<? extends Action>> COMMANDS = List.of(
            SolutionsCommand.class, ProfileCommand.class, EntitleCommand.class, TokenCommand.class, QuotaCommand.class,
            WhyCommand.class, KeyCommand.class, AuditCommand.class, BackupCommand.class, RestoreCommand.class,
            ExportCommand.class, ImportCommand.class, NodesCommand.class, UserCommand.class, SessionsCommand.class,
            UserKeysCommand.class, MailCommand.class, QuotaMetricsCommand.class,
            PaymentsCommand.class, PaymentCommand.class, RefundCommand.class, LedgerCommand.class, GatewaysCommand.class);

    /** Per command, the options that are followed by a value. */
    private static final Map<String, Set<String>> WITH_VALUE = withValue();

    private final DefaultParser shell = new DefaultParser();

    @Override
    public CommandLine parse(Session session, String command, int cursor) {
        CommandLine line = shell.parse(session, command, cursor);
        String[] words = line.getArguments();
        int[] order = order(words);
        String[] ordered = new String[words.length];
        int cursorWord = line.getCursorArgumentIndex();
        for (int i = 0; i < order.length; i++) {
            ordered[i] = words[order[i]];
            cursorWord = order[i] == line.getCursorArgumentIndex() ? i : cursorWord;
        }
        return cursor > command.length()
                ? atNewWord(ordered, command, cursor)
                : new CommandLineImpl(ordered, cursorWord, line.getArgumentPosition(), cursor, line.getBuffer());
    }

    /** While completing, the shell hands over the line without the spaces at its end, but counts them for the cursor. */
    private static CommandLine atNewWord(String[] words, String command, int cursor) {
        String[] withNew = Arrays.copyOf(words, words.length + 1);
        withNew[words.length] = "";
        return new CommandLineImpl(withNew, words.length, 0, cursor, command + " ".repeat(cursor - command.length()));
    }

    @Override
    public String preprocess(Session session, CommandLine line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.getArguments()));
        String last = words.get(words.size() - 1);
        if (words.size() > 1 && withValue(words.get(0)).contains(last)) {
            // An empty value is refused by name; without one, the option would swallow the first argument.
            words.remove(words.size() - 1);
            words.add(1, last + "=");
        }
        return String.join(" ", words);
    }

    /** Where each word comes from. An option that lacks its value stays last. */
    private static int[] order(String[] words) {
        List<Integer> front = new ArrayList<>();
        List<Integer> back = new ArrayList<>();
        Set<String> withValue = words.length == 0 ? Set.of() : withValue(words[0]);
        for (int i = 0; i < words.length; i++) {
            boolean option = i > 0 && words[i].startsWith("-");
            boolean valueFollows = option && withValue.contains(words[i]);
            if (i == 0 || option && (!valueFollows || i + 1 < words.length)) {
                front.add(i);
                if (valueFollows) {
                    front.add(++i);
                }
            } else {
                back.add(i);
            }
        }
        front.addAll(back);
        return front.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Set<String> withValue(String command) {
        return WITH_VALUE.getOrDefault(command.substring(command.indexOf(':') + 1), Set.of());
    }

    private static Map<String, Set<String>> withValue() {
        Map<String, Set<String>> found = new HashMap<>();
        for (Class<? extends Action> type : COMMANDS) {
            Set<String> names = new HashSet<>();
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null && field.getType() != boolean.class) {
                    names.add(option.name());
                    names.addAll(Arrays.asList(option.aliases()));
                }
            }
            found.put(type.getAnnotation(Command.class).name(), Set.copyOf(names));
        }
        return Map.copyOf(found);
    }
}
