package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store if it is the one that is chosen, and goes on trying until it is open: then {@link DynamoDbStore} is
 * enabled, before that {@link RefusedStore}, which says why not. No class of the AWS SDK is touched while another store is
 * chosen.
 */
@Component(
        service = DynamoDbOpening.class,
        immediate = true,
        configurationPid = {DynamoDbOpening.CHOICE_PID, DynamoDbOpening.PID})
public final class DynamoDbOpening {

    /** Where every store reads which one is chosen. */
    static final String CHOICE_PID = "com.cloudnestle.marketplace.store";

    static final String PID = "com.cloudnestle.marketplace.store.dynamodb";

    @ObjectClassDefinition(name = "Marketplace DynamoDB store", pid = PID)
    @interface Config {
        @AttributeDefinition(description = "Which store holds the data: sqlite or dynamodb (in " + CHOICE_PID + ")")
        String type() default "sqlite";

        @AttributeDefinition(description = "AWS region. Empty: that of the environment (AWS_REGION, profile, instance)")
        String region() default "";

        @AttributeDefinition(description = "Address of the service. Empty: that of the region")
        String endpoint() default "";

        @AttributeDefinition(description = "environment: the AWS chain (variables, web identity, profile, container or"
                + " instance role); local: made-up ones, for DynamoDB Local")
        String credentials() default "environment";

        @AttributeDefinition(description = "verify: refuse to start unless all tables are right; create: make missing ones")
        String tables() default "verify";

        @AttributeDefinition(description = "Put before the name of every table")
        String table_prefix() default "";

        @AttributeDefinition(description = "Tables with a name of their own, as after a restore: TABLE=name, as TOKENS=tokens-2")
        String[] table_names() default {};

        @AttributeDefinition(description = "Connections at most, which is also how many calls are made at once")
        int max_connections() default 64;

        @AttributeDefinition(description = "Milliseconds to wait for a connection")
        long connect_timeout_millis() default 1_000;

        @AttributeDefinition(description = "Milliseconds to wait for the answer to one request")
        long request_timeout_millis() default 2_000;

        @AttributeDefinition(description = "Milliseconds after which a call is not repeated again")
        long call_budget_millis() default 3_000;

        @AttributeDefinition(description = "Seconds this node's clock may differ from the service's; 0: any")
        long max_clock_skew_seconds() default 2;
    }

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbOpening.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Duration retry;
    private final @Nullable ScheduledExecutorService executor;
    private @Nullable Connection connection;
    private String refusal = "the store is being opened";
    private boolean closed;

    @Activate
    public DynamoDbOpening(@Reference InstantSource clock, Config config, ComponentContext context) {
        this(clock, config, context, RETRY);
    }

    DynamoDbOpening(InstantSource clock, Config config, ComponentContext context, Duration retry) {
        this.clock = clock;
        this.retry = retry;
        if (!config.type().strip().equals("dynamodb")) {
            executor = null;
            return;
        }
        executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "dynamodb-opening");
            thread.setDaemon(true);
            return thread;
        });
        context.enableComponent(RefusedStore.NAME);
        executor.execute(() -> attempt(config, context));
    }

    /** On the executor's thread: until it succeeds, each attempt orders the next. */
    private void attempt(Config config, ComponentContext context) {
        try {
            opened(Opening.open(Settings.of(config), clock), context);
        } catch (StoreRefusedException | RuntimeException e) { // also what nobody thought of must not end the attempts
            refused(String.valueOf(e.getMessage()), e);
            schedule(config, context);
        }
    }

    private synchronized void opened(Connection fresh, ComponentContext context) {
        if (closed) {
            fresh.close();
            return;
        }
        connection = fresh;
        LOG.info("event=store_opened region={} endpoint={}", fresh.region().id(), fresh.settings().endpoint());
        context.disableComponent(RefusedStore.NAME);
        context.enableComponent(DynamoDbStore.NAME);
    }

    private synchronized void refused(String message, Exception cause) {
        if (!message.equals(refusal)) { // once, not every ten seconds
            Throwable why = cause.getCause(); // the SDK's own words, such as what each source of credentials lacked
            LOG.error("event=store_refused message=\"{}\" cause=\"{}\"", message, why == null ? "" : why.getMessage());
        }
        LOG.debug("event=store_refused", cause);
        refusal = message;
    }

    private synchronized void schedule(Config config, ComponentContext context) {
        if (!closed && executor != null) {
            executor.schedule(() -> attempt(config, context), retry.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The open connection. */
    synchronized Connection connection() {
        if (connection == null) {
            throw new IllegalStateException(refusal);
        }
        return connection;
    }

    /** The clock that expiry is read from. */
    InstantSource clock() {
        return clock;
    }

    /** Why there is no connection. */
    synchronized String refusal() {
        return refusal;
    }

    @Deactivate
    synchronized void close(ComponentContext context) {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
            if (context.getBundleContext().getBundle().getState() == Bundle.ACTIVE) { // else they end with the bundle
                context.disableComponent(RefusedStore.NAME);
                context.disableComponent(DynamoDbStore.NAME);
            }
        }
        if (connection != null) {
            connection.close();
            LOG.info("event=store_closed");
        }
    }
}
