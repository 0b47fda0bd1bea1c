package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentContext;

/** The component that opens the store: what it publishes and logs before, at and after the tables are good. */
class DynamoDbOpeningTest {

    private static final Duration SOON = Duration.ofMillis(50);

    /** What was asked of Declarative Services: {@code +name} enabled, {@code -name} disabled. */
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final ComponentContext context = context(Bundle.ACTIVE);

    private ComponentContext context(int state) {
        Bundle bundle = answering(Bundle.class, Map.of("getState", state));
        BundleContext bundleContext = answering(BundleContext.class, Map.of("getBundle", bundle));
        return (ComponentContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ComponentContext.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "enableComponent" -> asked.add("+" + arguments[0]);
                        case "disableComponent" -> asked.add("-" + arguments[0]);
                        case "getBundleContext" -> {
                            return bundleContext;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    /** The configuration with its defaults, but for these. */
    private static DynamoDbOpening.Config config(Map<String, Object> given) {
        return (DynamoDbOpening.Config) Proxy.newProxyInstance(DynamoDbOpening.class.getClassLoader(),
                new Class<?>[] {DynamoDbOpening.Config.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static DynamoDbOpening.Config local(String prefix, Map<String, Object> more) {
        Map<String, Object> given = new HashMap<>(Map.of("type", "dynamodb", "region", "us-east-1", "credentials", "local",
                "endpoint", DynamoDbLocal.start().endpoint().toString(), "table_prefix", prefix, "max_clock_skew_seconds", 0L,
                "request_timeout_millis", 120_000L, "connect_timeout_millis", 120_000L));
        given.putAll(more);
        return config(given);
    }

    private String next() throws InterruptedException {
        return String.valueOf(asked.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void doesNothingWhenAnotherStoreIsChosen() throws Exception {
        ClassLoader withoutSdk = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("software.amazon")) {
                    throw new ClassNotFoundException(name);
                }
                if (!name.startsWith(DynamoDbOpening.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                try (var code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = code.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
        Class<?> opening = withoutSdk.loadClass(DynamoDbOpening.class.getName());
        Class<?> type = withoutSdk.loadClass(DynamoDbOpening.Config.class.getName());
        Object defaults = Proxy.newProxyInstance(withoutSdk, new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDefaultValue());
        opening.getConstructors()[0].newInstance(LocalStore.clock(), defaults, context);
        assertThat(asked).as("and no class of the SDK was needed for that").isEmpty();
    }

    @Test
    void saysWhatIsWrongAndOpensByItselfOnceItIsGood() throws Exception {
        String difference = "waits-marketplace-sessions: table is missing";
        ExpectedTable sessions = ExpectedTable.of(Table.SESSIONS, new TableNames("waits-", List.of()));
        try (LogLines log = new LogLines(); Connection maker = LocalStore.connect("waits-")) {
            maker.client().deleteTable(request -> request.tableName(sessions.name()));
            DynamoDbOpening opening = new DynamoDbOpening(LocalStore.clock(), local("waits-", Map.of()), context, SOON);
            assertThat(next()).isEqualTo("+" + RefusedStore.NAME);
            RefusedStore shown = new RefusedStore(opening);
            Poll.until(() -> !shown.message().equals("the store is being opened"));
            assertThat(shown.message()).as("what /health/ready shows").contains(difference).doesNotContain("marketplace-users");
            assertThatIllegalStateException().isThrownBy(opening::connection).withMessageContaining(difference);
            assertThat(asked.poll(3 * SOON.toMillis(), TimeUnit.MILLISECONDS)).as("still refused").isNull();
            assertThat(log.of("store_refused")).as("once, though tried again and again")
                    .hasSize(1).first().asString().contains("ERROR", difference);

            new Provisioning(maker.client(), maker.settings().tables(), maker.pauses()).create();
            assertThat(List.of(next(), next())).containsExactly("-" + RefusedStore.NAME, "+" + DynamoDbStore.NAME);
            assertThat(opening.connection().settings().tables().of(Table.SESSIONS)).isEqualTo(sessions.name());
            opening.close(context);
            assertThat(List.of(next(), next())).containsExactly("-" + RefusedStore.NAME, "-" + DynamoDbStore.NAME);
        }
    }

    @Test
    void leavesItsComponentsToTheBundleThatStops() throws Exception {
        LocalStore.connect("stops-").close();
        DynamoDbOpening opening = new DynamoDbOpening(LocalStore.clock(), local("stops-", Map.of()), context, SOON);
        assertThat(List.of(next(), next(), next()))
                .containsExactly("+" + RefusedStore.NAME, "-" + RefusedStore.NAME, "+" + DynamoDbStore.NAME);
        opening.close(context(Bundle.STOPPING));
        assertThat(asked).isEmpty();
    }

    @Test
    void namesTheSettingThatIsWrong() {
        Map.of("tables", "make", "credentials", "none", "endpoint", "127.0.0.1:8000", "max_connections", 0,
                "request_timeout_millis", 0L, "call_budget_millis", -1L).forEach((key, value) ->
                assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(local("", Map.of(key, value))))
                        .withMessageContaining(key.replace('_', '.')));
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(local("", Map.of("endpoint", ""))))
                .withMessageContaining("credentials = local");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(local("", Map.of("table_names", new String[] {"TOKEN=x"}))))
                .withMessageContaining("there is no table TOKEN");
        assertThat(Settings.of(local("p-", Map.of())).create()).as("a server that is not told so makes nothing").isFalse();
    }

    @Test
    void takesNamesOfTablesFromOneLineOrSeveral() {
        for (String[] given : List.of(new String[] {"TOKENS=tokens-2, USERS=old"}, new String[] {"TOKENS=tokens-2", "USERS=old"})) {
            TableNames names = Settings.of(local("p-", Map.of("table_names", given))).tables();
            assertThat(List.of(names.of(Table.TOKENS), names.of(Table.USERS), names.of(Table.AUDIT)))
                    .containsExactly("tokens-2", "old", "p-marketplace-audit-log");
        }
    }

    @Test
    void logsTheWordsOfTheSdkThatItDoesNotShow() throws Exception {
        LocalStore.connect("denied-").close();
        try (LogLines log = new LogLines(); FaultProxy proxy = FaultProxy.before(DynamoDbLocal.start())) {
            proxy.rule(FaultRule.always("DescribeTable", Fault.EXPIRED_TOKEN));
            DynamoDbOpening opening = new DynamoDbOpening(LocalStore.clock(),
                    local("denied-", Map.of("endpoint", proxy.endpoint().toString())), context, SOON);
            Poll.until(() -> log.of("store_refused").size() == 1);
            assertThat(log.of("store_refused").get(0)).contains("credentials are refused", "cause=\"The security token", "Request ID");
            assertThat(opening.refusal()).doesNotContain("Request ID");
            proxy.rule(FaultRule.NONE);
            Poll.until(() -> asked.contains("+" + DynamoDbStore.NAME));
            opening.close(context);
        }
    }

    @Test
    void aWrongSettingIsShownAndLoggedLikeAWrongTable() throws Exception {
        try (LogLines log = new LogLines()) {
            DynamoDbOpening opening = new DynamoDbOpening(
                    LocalStore.clock(), local("", Map.of("tables", "make")), context, Duration.ofMinutes(1));
            Poll.until(() -> new RefusedStore(opening).message().equals("tables must be verify or create, is 'make'"));
            Poll.until(() -> log.of("store_refused").size() == 1);
            opening.close(context);
        }
    }
}
