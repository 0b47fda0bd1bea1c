package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Where a command writes: lines and tables for people, or one JSON document for programs. */
final class Screen {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;

    private Screen(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs a command and shows its answer. A refusal becomes one line (or a JSON object) and the shell's own kind of
     * failure, so that the shell prints no stack trace and a remote client ends with a status other than 0.
     *
     * @return null, as the shell would print anything else
     */
    static @Nullable Object show(Session session, boolean json, Supplier<Answer> command) throws CommandException {
        try {
            Answer answer = command.get();
            Screen screen = new Screen(session.getConsole());
            if (json) {
                screen.out.println(json(answer.data()));
            } else {
                answer.text().accept(screen);
            }
            return null;
        } catch (MarketplaceException e) {
            throw refusal(e, json);
        }
    }

    private static CommandException refusal(MarketplaceException e, boolean json) {
        String detail = printable(String.valueOf(e.getMessage()));
        if (!json) {
            return new CommandException(RED + detail + PLAIN, detail);
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", e.problem().code());
        error.put("detail", detail);
        return new CommandException(json(Map.of("error", error)), detail);
    }

    private static String json(Object data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not representable as JSON: " + data.getClass().getName(), e);
        }
    }

    /**
     * Prints one line. What stands in the store or comes from a plugin may hold anything, also sequences that a
     * terminal obeys; control characters are therefore shown as {@code ?}.
     */
    void line(String text) {
        out.println(printable(text));
    }

    void table(List<String> columns, List<List<String>> rows) {
        ShellTable table = new ShellTable().emptyTableText("(none)");
        columns.forEach(table::column);
        rows.forEach(row -> table.addRow().addContent(row.stream().map(Screen::printable).toArray()));
        table.print(out);
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
