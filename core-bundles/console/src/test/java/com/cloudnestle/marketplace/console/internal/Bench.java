package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.testing.InMemoryApiKeys;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryQuota;
import com.cloudnestle.marketplace.testing.InMemorySolutionOwners;
import com.cloudnestle.marketplace.testing.InMemoryTokens;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;

/** A marketplace of fakes with two solutions, and a shell session that keeps what is printed. */
final class Bench {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final String ADMIN_KEY = "adm_0123456789012345678901234567890123456789";
    static final String ANN = "ann@example.com";

    final ManualClock clock = new ManualClock(NOON);
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemoryCatalog catalog = new InMemoryCatalog();
    final InMemorySolutionOwners owners = new InMemorySolutionOwners(audit);
    final InMemoryCustomers customers = new InMemoryCustomers(clock);
    final InMemoryEntitlements entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
    final InMemoryTokens tokens = new InMemoryTokens(catalog, entitlements, audit, clock);
    final InMemoryQuota quota = new InMemoryQuota(catalog, entitlements, clock);
    final InMemoryApiKeys keys = new InMemoryApiKeys(catalog, clock, ADMIN_KEY);
    final Platform platform = new Platform();

    /** What the session answers when a command asks for a line. */
    String typed = "";
    boolean keyboard = true;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Bench() {
        catalog.addProfile(trial());
        catalog.publish(SolutionDescriptor.of("word-count", "Word count", "Counts words.", "count").withAliases("wc"));
        catalog.publish(new SolutionDescriptor("doc-tools", List.of(), "Document tools", "", "",
                List.of(new Meter("page", "page"), new Meter("ocr", "page")), "daily", List.of(), "start",
                Optional.of(30)));
        platform.catalog = catalog;
        platform.owners = owners;
        platform.customers = customers;
        platform.entitlements = entitlements;
        platform.tokens = tokens;
        platform.quota = quota;
        platform.usage = quota;
        platform.keys = keys;
        platform.audit = audit;
        platform.clock = clock;
    }

    private static TierProfile trial() {
        return new TierProfile("trial", "10 or 15 days", List.of(
                TierPlan.of("anonymous", new Limit(TierProfile.EACH_METER, new Window.Lifetime(), 10)).validFor(15),
                TierPlan.of("registered", new Limit(TierProfile.EACH_METER, new Window.Month(ZoneOffset.UTC), 100))));
    }

    /** Ann with a tier on a solution. */
    Customer entitled(String solution, String tier) {
        Customer ann = customers.findOrCreate(ANN);
        entitlements.changeTier(ann.id(), solution, tier, "test");
        return ann;
    }

    /** What the command prints with {@code --json}. */
    JsonNode json(Action command) {
        set(command, "json", true);
        String text = text(command);
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** What the command prints for people. */
    String text(Action command) {
        ready(command);
        printed.reset();
        try {
            assertThat(command.execute()).isNull();
        } catch (Exception e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** How the shell fails when the command refuses; nothing may have been printed before. */
    CommandException refusal(Action command) {
        ready(command);
        printed.reset();
        CommandException refusal = catchThrowableOfType(CommandException.class, command::execute);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(printed.size()).isZero();
        return refusal;
    }

    private void ready(Action command) {
        set(command, "platform", platform);
        set(command, "session", session());
    }

    Session session() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return (Session) Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConsole" -> out;
                    case "readLine" -> {
                        if (!keyboard) {
                            throw new UnsupportedOperationException("no keyboard");
                        }
                        yield typed;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static void set(Object command, String field, Object value) {
        try {
            Field found = command.getClass().getDeclaredField(field);
            found.setAccessible(true);
            found.set(command, value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(command.getClass() + " has no field " + field, e);
        }
    }
}
